import type { TaskType } from '@creative-autogpt/protocol';
import type { EarlierText } from '../../author';
import type { PromptWording } from './prompt';

const NAMES: Record<TaskType, string> = {
  outline: '大纲',
  characters: '人物设定',
  world: '世界观',
  draft: '初稿',
  revision: '定稿',
  synopsis: '故事梗概',
};

function nameOf({ chapterIndex, taskType }: EarlierText): string {
  return chapterIndex === null ? NAMES[taskType] : `第 ${String(chapterIndex)} 章${NAMES[taskType]}`;
}

/** Prompts in Chinese. */
export const CHINESE_PROMPTS: PromptWording = {
  system:
    '你是一位出版过多部长篇小说的中文作家。你只输出所要的正文，用 Markdown 书写，不加说明、不加寒暄、不复述要求。人物、地名与情节须与已有文字保持一致。标点用全角，对话用“”。',
  work: ({ chapterCount, goal, workTitle }) =>
    [
      `作品：《${workTitle}》，共 ${String(chapterCount)} 章。`,
      goal.genre ? `类型：${goal.genre}` : '',
      goal.style ? `风格：${goal.style}` : '',
      goal.requirement ? `要求：${goal.requirement}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  earlierHeading: '以下是这部作品已有的文字，供你保持一致：',
  earlier: (text) => `【${nameOf(text)}】\n${text.text}`,
  draft: (text) => `【要修订的初稿】\n${text}`,
  goOn: '你的回答中断了。请从中断之处接着写，不重复已写的文字，不加说明。',
  feedback: (messages) =>
    [
      '读者看过之后提出了下面的意见，先后排列。请务必照办；与以上要求不一致时，以意见为准，意见之间不一致时，以后面的为准：',
      ...messages.map((message) => `- ${message}`),
    ].join('\n'),
  task: {
    outline: ({ chapterCount, targetLength }) =>
      `现在写大纲，约 ${String(targetLength)} 字。以“# ”开头写标题，先用一段话讲清故事核心，再逐章列出全部 ${String(chapterCount)} 章，每章用“### 第一章　章名”的形式作标题，写明发生什么、推进了什么、留下什么悬念。`,
    characters: ({ targetLength }) =>
      `现在写人物设定，约 ${String(targetLength)} 字。以“# ”开头写标题，每位主要人物用“## ”分节，用列表写身份、目标、性格、秘密与变化，最后写人物之间的关系。`,
    world: ({ targetLength }) =>
      `现在写世界观，约 ${String(targetLength)} 字。以“# ”开头写标题，用“## ”分节，写时代与地点、世界的规则、主要势力、往事与日常风俗。只写故事用得上的。`,
    draft: ({ chapterCount, chapterIndex, targetLength }) =>
      `现在写第 ${String(chapterIndex)} 章（共 ${String(chapterCount)} 章）的初稿，约 ${String(targetLength)} 字。第一行用“## 第几章　章名”，章名与大纲一致。写场景、动作、对话与感官细节，不写提纲，不概述；接上前文，不重复前文。`,
    revision: ({ chapterIndex, targetLength }) =>
      `现在修订第 ${String(chapterIndex)} 章，约 ${String(targetLength)} 字。保留初稿的情节、场景与标题，删去重复，让句子更准、对话更活、细节更具体，修正与前文不合之处。输出修订后的整章，不要解释改了什么。`,
    synopsis: ({ targetLength }) =>
      `现在为全书写故事梗概，约 ${String(targetLength)} 字。以“# ”开头写标题，用连贯的散文讲完整个故事，包括结局。`,
  },
};
