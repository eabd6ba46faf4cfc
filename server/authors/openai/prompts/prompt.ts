import type { TaskType, WritingLanguage } from '@creative-autogpt/protocol';
import type { EarlierText, WritingBrief } from '../../author';
import { CONTEXT_BUDGET, contextOf, draftOf } from './context';
import { CHINESE_PROMPTS } from './zh';
import { ENGLISH_PROMPTS } from './en';

/** What a model is told. */
export interface ChatPrompt {
  readonly system: string;
  readonly user: string;
  /** What it has answered before, and how it is asked to go on; null for an answer that is begun. */
  readonly continuation: { readonly begun: string; readonly user: string } | null;
}

/** How a model is spoken to in one language. */
export interface PromptWording {
  readonly system: string;
  /** What the work is and what its goal says. */
  work(brief: WritingBrief): string;
  /** An earlier text, with a line that says what it is. */
  earlier(text: EarlierText): string;
  readonly earlierHeading: string;
  draft(text: string): string;
  /** What people have told the author, oldest first, and how much it weighs. */
  feedback(messages: readonly string[]): string;
  /** Asks for the rest of a text that was cut off. */
  readonly goOn: string;
  /** What to write now, and how. */
  readonly task: Readonly<Record<TaskType, (brief: WritingBrief) => string>>;
}

const WORDINGS: Record<WritingLanguage, PromptWording> = { zh: CHINESE_PROMPTS, en: ENGLISH_PROMPTS };

/**
 * The prompt for one task, in the language of the work.
 *
 * @param contextBudget characters of earlier texts that it may have
 */
export function promptFor(brief: WritingBrief, contextBudget = CONTEXT_BUDGET): ChatPrompt {
  const wording = WORDINGS[brief.language];
  const context = contextOf(brief, contextBudget);
  const draft = brief.taskType === 'revision' ? draftOf(brief) : null;
  const parts = [
    wording.work(brief),
    ...(context.length > 0 ? [wording.earlierHeading, ...context.map((text) => wording.earlier(text))] : []),
    ...(draft === null ? [] : [wording.draft(draft)]),
    wording.task[brief.taskType](brief),
    ...(brief.feedback.length === 0 ? [] : [wording.feedback(brief.feedback)]),
  ];
  return {
    system: wording.system,
    user: parts.join('\n\n'),
    continuation: brief.begun === '' ? null : { begun: brief.begun, user: wording.goOn },
  };
}
