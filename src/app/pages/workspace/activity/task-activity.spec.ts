import type { TaskStatus, TaskUpdate } from '@creative-autogpt/protocol';
import { type Activity, withUpdate } from './task-activity';

describe('the activity feed', () => {
  const update = (taskId: string, status: TaskStatus, title?: string): TaskUpdate => ({
    event: 'task.update',
    data: { task_id: taskId, status, ...(title !== undefined && { title }) },
  });
  const feedOf = (...updates: readonly TaskUpdate[]): readonly Activity[] =>
    updates.reduce<readonly Activity[]>((feed, each, at) => withUpdate(feed, each, at), []);

  it('has the newest first', () => {
    const feed = feedOf(update('t1', 'running', 'Outline'), update('t1', 'completed', 'Outline'));

    expect(feed.map(({ status, at }) => [status, at])).toEqual([
      ['completed', 1],
      ['running', 0],
    ]);
  });

  it('leaves out that a task was planned', () => {
    expect(feedOf(update('t1', 'pending'))).toEqual([]);
  });

  it('tells that a task was put back', () => {
    expect(feedOf(update('t1', 'running'), update('t1', 'pending')).length).toBe(2);
  });

  it('says nothing twice', () => {
    expect(feedOf(update('t1', 'running'), update('t1', 'running')).length).toBe(1);
  });

  it('remembers a title that an update leaves out', () => {
    expect(feedOf(update('t1', 'running', 'Outline'), update('t1', 'completed'))[0]?.title).toBe('Outline');
  });

  it('forgets what is long past', () => {
    const updates = Array.from({ length: 50 }, (_, index) => update(`t${index}`, 'completed'));

    expect(feedOf(...updates).length).toBe(30);
  });
});
