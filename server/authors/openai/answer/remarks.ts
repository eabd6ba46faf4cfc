/*
 * What models say around a text, to the reader of their answer. A line counts as a remark only where it cannot be
 * a line of a story: it names the text itself, or offers to change it.
 */

/** A remark is at most so long (characters). */
export const LONGEST_REMARK = 300;

/** How an answer to a person begins. */
const GREETINGS = [
  ...['好的，', '好的,', '好的。', '好的！', '好，', '当然', '没问题', '明白', '收到', '遵命'],
  ...['sure', 'certainly', 'of course', 'absolutely', 'okay', 'ok,'],
];

/** What a remark before a text begins with. */
const OPENERS = [
  ...GREETINGS,
  ...['以下', '下面', '这是', '这里是', '此处', '为您', '为你', '我将', '我会', '我来'],
  ...['here', 'below', 'the following', 'i will', "i'll"],
];
const PRESENTS =
  /(以下|下面)(是|为)|(这|这里|此处)(是|为)|如下|为(您|你)(写|撰写|创作|奉上|呈上)|我(将|会|来)(继续|接着)|\b(here('s| is| are)|below is|the following is|i('ll| will) (continue|pick up))\b/iu;
const NAMES_TEXT =
  /大纲|人物|设定|世界观|初稿|定稿|修订|梗概|章|正文|续写|内容|文本|作品|故事|outline|characters?|world|draft|revis|synopsis|chapter|text|story|continu|version/iu;

/** Whether a line before the text is said about it: "好的，以下是第三章的初稿：". */
export function isOpeningRemark(line: string): boolean {
  const said = line.trim().replaceAll(/^\*+|\*+$/gu, '');
  const isRemark = beginsWith(said, OPENERS) && PRESENTS.test(said) && NAMES_TEXT.test(said);
  // A sentence of a story may begin so, too, but does not end with a colon.
  const isEnded = beginsWith(said, GREETINGS) ? /[：:。.!！~～]$/u : /[：:]$/u;
  return said.length <= LONGEST_REMARK && isRemark && isEnded.test(said);
}

/** Whether a line that begins so may become a remark before the text, a divider or a fence. */
export function mayBecomeOpening(beginning: string): boolean {
  const said = beginning.trimStart().replace(/^\*+/u, '');
  return said.length <= LONGEST_REMARK && (isMark(said) || mayBeginWith(said, OPENERS));
}

/** What a remark after a text begins with. */
const CLOSERS = [
  ...['希望', '如果您', '如果你', '若您', '若你', '如需', '如有', '若需', '请告诉', '请随时', '请问', '请您'],
  ...['您觉得', '你觉得', '您看', '你看', '您是否', '你是否', '以上', '需要我'],
  ...[
    'i hope',
    'hope ',
    'let me know',
    'if you',
    'feel free',
    'would you like',
    'please let me know',
    'want me to',
  ],
];
const CLOSING_SUBJECT =
  /喜欢|满意|修改|调整|续写|继续写|反馈|意见|建议|这一章|本章|下一章|版本|要求|大纲|初稿|设定|梗概|帮助|enjoy|revis|adjust|chang|continu|feedback|chapter|draft|version|outline|tweak|expand|help/iu;

/** Whether a paragraph after the text is said about it: "希望您喜欢！如需修改请告诉我。" */
export function isClosingRemark(paragraph: string): boolean {
  const said = withoutBrackets(paragraph).trim();
  return said.length <= LONGEST_REMARK && beginsWith(said, CLOSERS) && CLOSING_SUBJECT.test(said);
}

/** Whether a line that begins so may become a remark after the text, a divider or a fence. */
export function mayBecomeClosing(beginning: string): boolean {
  const said = withoutBrackets(beginning);
  return said.length <= LONGEST_REMARK && (isMark(said) || mayBeginWith(said, CLOSERS));
}

function withoutBrackets(text: string): string {
  return text.trimStart().replace(/^[（(*]+/u, '');
}

/** Whether it may become a divider or a fence. */
function isMark(text: string): boolean {
  return /^[`~\-_=*\s]*$/u.test(text.slice(0, 3));
}

function beginsWith(text: string, beginnings: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return beginnings.some((beginning) => lower.startsWith(beginning));
}

/** Whether the text begins so, or has yet to. */
function mayBeginWith(text: string, beginnings: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return beginnings.some((beginning) => lower.startsWith(beginning) || beginning.startsWith(lower));
}

/** A line that divides a text from what is said about it. */
export function isDivider(line: string): boolean {
  return /^\s*([-*_=]\s*){3,}$/u.test(line);
}

/** A line that begins or ends a block of Markdown code, which models put around a whole text. */
export function isFence(line: string): boolean {
  return /^\s*(`{3,}|~{3,})\s*(markdown|md|text|txt)?\s*$/iu.test(line);
}
