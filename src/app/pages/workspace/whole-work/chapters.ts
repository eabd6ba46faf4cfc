import type { Task } from '@creative-autogpt/protocol';

/** The best finished text of one chapter. */
export interface Chapter {
  /** From 1. */
  readonly index: number;
  readonly text: string;
}

/**
 * The finished chapters of a work in their order: each as revised, or as drafted while it is not. What is
 * left of a damaged task counts as finished.
 */
export function finishedChapters(tasks: readonly Task[]): readonly Chapter[] {
  const chapters = new Map<number, string>();
  for (const { chapter_index: index, status, result, damaged } of tasks) {
    if (index !== null && (status === 'completed' || damaged === true) && result) {
      chapters.set(index, result);
    }
  }
  return [...chapters].map(([index, text]) => ({ index, text })).sort((a, b) => a.index - b.index);
}
