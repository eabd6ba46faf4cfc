import type { Task } from '@creative-autogpt/protocol';

/** The best finished text of one chapter. */
export interface Chapter {
  /** From 1. */
  readonly index: number;
  readonly text: string;
}

/** The finished chapters of a work in their order: each as revised, or as drafted while it is not. */
export function finishedChapters(tasks: readonly Task[]): readonly Chapter[] {
  const chapters = new Map<number, string>();
  for (const { chapter_index: index, status, result } of tasks) {
    if (index !== null && status === 'completed' && result) {
      chapters.set(index, result);
    }
  }
  return [...chapters].map(([index, text]) => ({ index, text })).sort((a, b) => a.index - b.index);
}
