import type { Subscribed, TaskChunk, TaskText, TaskUpdate } from '@creative-autogpt/protocol';

/** Everything the server says about a text that is being written. */
export type WritingEvent = Subscribed | TaskChunk | TaskUpdate;

/** The text of the running task, as far as it has come. */
export interface Writing {
  /** What was written, and the index of the chunk that continues it; null while no task is known to write. */
  readonly text: TaskText | null;
  /** Whether chunks are missing, which only the answer to `subscribe` or a new attempt can make up for. */
  readonly incomplete: boolean;
}

/** Nothing is known until the server has answered. */
export const NO_WRITING: Writing = { text: null, incomplete: true };

/** Applies events of one session, in order. */
export function writingAfter(writing: Writing, events: readonly WritingEvent[]): Writing {
  return events.reduce(after, writing);
}

function after(writing: Writing, event: WritingEvent): Writing {
  switch (event.event) {
    case 'subscribed':
      return event.data ? { text: event.data.writing, incomplete: false } : writing;
    case 'task.update':
      return event.data.task_id === writing.text?.task_id && event.data.status !== 'running'
        ? { ...writing, text: null }
        : writing;
    case 'task.chunk':
      return afterChunk(writing, event.data);
  }
}

function afterChunk({ text, incomplete }: Writing, { task_id, index, text: piece }: TaskText): Writing {
  if (index === 0) {
    return { text: { task_id, index: 1, text: piece }, incomplete: false };
  }
  const expected = text?.task_id === task_id ? text.index : 0;
  if (incomplete || index < expected) {
    return { text, incomplete };
  }
  return index === expected
    ? { text: { task_id, index: index + 1, text: (text?.text ?? '') + piece }, incomplete }
    : { text, incomplete: true };
}
