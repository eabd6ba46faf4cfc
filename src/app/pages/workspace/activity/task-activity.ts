import type { TaskStatus, TaskUpdate } from '@creative-autogpt/protocol';

/** Something that happened to a task. */
export interface Activity {
  readonly taskId: string;
  /** Null when the server named neither title nor kind. */
  readonly title: string | null;
  readonly status: TaskStatus;
  /** When it was heard of, in milliseconds since 1970. */
  readonly at: number;
}

const LONGEST_FEED = 30;

/**
 * A feed with one more update at its front. A plan is announced task by task, all of them pending: that is no news,
 * and neither is what the feed said last about the same task.
 */
export function withUpdate(feed: readonly Activity[], { data }: TaskUpdate, at: number): readonly Activity[] {
  const last = feed.find(({ taskId }) => taskId === data.task_id);
  if (data.status === (last?.status ?? 'pending')) {
    return feed;
  }
  const title = data.title ?? last?.title ?? data.task_type ?? null;
  return [{ taskId: data.task_id, title, status: data.status, at }, ...feed].slice(0, LONGEST_FEED);
}
