import type { Subscribed, TaskChunk, TaskStatus, TaskText, TaskUpdate } from '@creative-autogpt/protocol';

/** Everything the server says about a text that is being written. */
export type WritingEvent = Subscribed | TaskChunk | TaskUpdate;

/** The text of the task that was written last, as far as it has come. */
export interface Writing {
  /** The text so far, and the index of the next chunk; null where no text is known. */
  readonly text: TaskText | null;
  /**
   * Whether the attempt that wrote the text has ended without finishing it. Readers keep it until another one
   * begins.
   */
  readonly abandoned: boolean;
  /** Whether chunks are missing until the next answer to `subscribe` or the next attempt. */
  readonly incomplete: boolean;
}

/** Nothing is known until the server has answered. */
export const NO_WRITING: Writing = { text: null, abandoned: false, incomplete: true };

/** Applies events of one session, in order. */
export function writingAfter(writing: Writing, events: readonly WritingEvent[]): Writing {
  return events.reduce(after, writing);
}

function after(writing: Writing, event: WritingEvent): Writing {
  switch (event.event) {
    case 'subscribed':
      return event.data ? afterAnswer(writing, event.data.writing) : writing;
    case 'task.update':
      return event.data.task_id === writing.text?.task_id ? afterUpdate(writing, event.data.status) : writing;
    case 'task.chunk':
      return afterChunk(writing, event.data);
  }
}

/** An answer without a text means that no task is written now: a text shown so far will not be continued. */
function afterAnswer({ text, abandoned }: Writing, writing: TaskText | null): Writing {
  return writing === null
    ? { text, abandoned: abandoned || text !== null, incomplete: false }
    : { text: writing, abandoned: false, incomplete: false };
}

function afterUpdate(writing: Writing, status: TaskStatus): Writing {
  switch (status) {
    case 'running':
      return writing;
    case 'completed':
    case 'pending_approval':
      // From here on the text is part of the task.
      return { ...writing, text: null, abandoned: false };
    case 'pending':
    case 'failed':
      return { ...writing, abandoned: true };
  }
}

function afterChunk(writing: Writing, { task_id, index, text: piece }: TaskText): Writing {
  const { text, abandoned, incomplete } = writing;
  if (index === 0) {
    return { text: { task_id, index: 1, text: piece }, abandoned: false, incomplete: false };
  }
  const expected = text?.task_id === task_id && !abandoned ? text.index : 0;
  if (incomplete || index < expected) {
    return writing;
  }
  return index === expected
    ? { text: { task_id, index: index + 1, text: (text?.text ?? '') + piece }, abandoned, incomplete }
    : { text, abandoned, incomplete: true };
}
