import type { ServerEvent } from '@creative-autogpt/protocol';

/** An update in a few words, such as `session.update running 1/2`. */
export function wordsFor(event: ServerEvent): string {
  if (event.event === 'task.update') {
    return `task.update ${event.data.status}`;
  }
  if (event.event === 'progress.update') {
    return `progress.update ${event.data.completed_tasks}/${event.data.total_tasks}`;
  }
  if (event.event === 'session.update') {
    return `session.update ${event.data.status} ${event.data.completed_tasks}/${event.data.total_tasks}`;
  }
  return event.event;
}
