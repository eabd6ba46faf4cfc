/** Event that every client under test counts. */
export const EVENT = 'task.update';

/** Bytes of one event as JSON: what a task update without its text comes to. */
export const EVENT_BYTES = 230;

/** Events of one frame when the server joins them. */
export const EVENTS_PER_FRAME = 64;

export interface CountedEvent {
  readonly event: typeof EVENT;
  readonly session_id: string;
  readonly data: {
    readonly task_id: string;
    readonly status: string;
    readonly index: number;
    readonly note: string;
  };
}

/** The event number `index`, exactly {@link EVENT_BYTES} long as JSON. */
export function makeEvent(index: number): CountedEvent {
  const event = (note: string): CountedEvent => ({
    event: EVENT,
    session_id: '6f1f7c52-6e0b-4a6a-9a5e-3f3a2f3c7d10',
    data: { task_id: `task-${index % 1_000}`, status: 'running', index, note },
  });
  return event('x'.repeat(EVENT_BYTES - JSON.stringify(event('')).length));
}
