import type { TaskType } from '@creative-autogpt/protocol';
import type { EarlierText } from '../../author';
import type { PromptWording } from './prompt';

const NAMES: Record<TaskType, string> = {
  outline: 'Outline',
  characters: 'Characters',
  world: 'World',
  draft: 'draft',
  revision: 'final text',
  synopsis: 'Synopsis',
};

function nameOf({ chapterIndex, taskType }: EarlierText): string {
  return chapterIndex === null ? NAMES[taskType] : `Chapter ${String(chapterIndex)}, ${NAMES[taskType]}`;
}

/** Prompts in English. */
export const ENGLISH_PROMPTS: PromptWording = {
  system:
    'You are a novelist with several published books. You answer with the text that is asked for and nothing else, in Markdown: no remarks, no greeting, no summary of the request. Keep people, places and events consistent with what has been written.',
  work: ({ chapterCount, goal, workTitle }) =>
    [
      `The work: “${workTitle}”, ${String(chapterCount)} chapters.`,
      goal.genre ? `Genre: ${goal.genre}` : '',
      goal.style ? `Style: ${goal.style}` : '',
      goal.requirement ? `Requirements: ${goal.requirement}` : '',
    ]
      .filter((line) => line !== '')
      .join('\n'),
  earlierHeading: 'This has been written so far; stay consistent with it:',
  earlier: (text) => `[${nameOf(text)}]\n${text.text}`,
  draft: (text) => `[The draft to revise]\n${text}`,
  goOn: 'Your answer was cut off. Go on exactly where it ends, without repeating anything of it and without a remark.',
  feedback: (messages) =>
    [
      'People who have read along said the following, oldest first. Take this into account above the earlier instructions; where two of them differ, the later one counts:',
      ...messages.map((message) => `- ${message}`),
    ].join('\n'),
  task: {
    outline: ({ chapterCount, targetLength }) =>
      `Now write the outline, about ${String(targetLength)} words. Begin with a title after “# ”, say in one paragraph what the story is about, then list all ${String(chapterCount)} chapters, each under a heading of the form “### Chapter 1 — Its Title”: what happens, what it changes, what it leaves open.`,
    characters: ({ targetLength }) =>
      `Now write the characters, about ${String(targetLength)} words. Begin with a title after “# ”. Give each main character a section after “## ” with a list: who they are, what they want, what they are like, what they hide, how they change. End with how they stand to each other.`,
    world: ({ targetLength }) =>
      `Now write the world, about ${String(targetLength)} words. Begin with a title after “# ” and use sections after “## ”: time and place, the rules, the powers, the past, daily life. Only what the story needs.`,
    draft: ({ chapterCount, chapterIndex, targetLength }) =>
      `Now write the draft of chapter ${String(chapterIndex)} of ${String(chapterCount)}, about ${String(targetLength)} words. The first line is “## Chapter N — Its Title”, with the title from the outline. Write scenes with action, dialogue and things to see, hear and smell; no outline, no summary. Go on from what came before without repeating it.`,
    revision: ({ chapterIndex, targetLength }) =>
      `Now revise chapter ${String(chapterIndex)}, about ${String(targetLength)} words. Keep the draft's events, scenes and heading; cut repetition, make sentences exact, dialogue livelier, details concrete, and correct what contradicts the earlier chapters. Answer with the whole revised chapter, without saying what you changed.`,
    synopsis: ({ targetLength }) =>
      `Now write the synopsis of the whole work, about ${String(targetLength)} words. Begin with a title after “# ” and tell the whole story in flowing prose, its ending included.`,
  },
};
