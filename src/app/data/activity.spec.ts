import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Session, Task, TaskStatus } from '@creative-autogpt/protocol';
import { map, type Observable } from 'rxjs';
import { LiveTesting } from '../testing/live-testing';
import { aSession, aTask, dayOf, sessionUpdated, taskUpdated } from '../testing/samples';
import {
  type Activity,
  injectSessionActivity,
  injectTaskActivity,
  newestFirst,
  runningNow,
} from './activity';

describe('activity', () => {
  const live = new LiveTesting();
  const knownTasks = signal<readonly Task[]>([]);
  const knownSessions = signal<readonly Session[]>([]);
  let list: readonly Activity[];

  beforeEach(() => {
    knownTasks.set([]);
    knownSessions.set([]);
    TestBed.configureTestingModule({ providers: live.providers });
    live.connect();
  });

  const follow = (make: () => Observable<readonly Activity[]>): void => {
    TestBed.runInInjectionContext(make).subscribe((latest) => (list = latest));
    TestBed.tick();
  };
  const followTasks = (): void => {
    follow(() => injectTaskActivity(knownTasks).pipe(newestFirst()));
  };
  const followSessions = (): void => {
    follow(() => injectSessionActivity(knownSessions).pipe(newestFirst()));
  };
  const task = (id: string, status: TaskStatus, day: number): void => {
    live.say(taskUpdated(aTask(id, { status, day })));
  };
  const shown = (): string[] => list.map(({ id, status }) => `${id} ${status}`);

  it('is empty at first', () => {
    followTasks();

    expect(shown()).toEqual([]);
  });

  it('has the newest first', () => {
    followTasks();
    task('t1', 'running', 1);
    task('t1', 'completed', 2);

    expect(shown()).toEqual(['t1 completed', 't1 running']);
  });

  it('shows all that happens within an animation frame at once', () => {
    const lengths: number[] = [];
    TestBed.runInInjectionContext(() => injectTaskActivity(knownTasks).pipe(newestFirst())).subscribe(
      ({ length }) => lengths.push(length),
    );
    live.say(
      ...['t1', 't2', 't3'].map((id, index) => taskUpdated(aTask(id, { status: 'running', day: index + 1 }))),
    );

    expect(lengths).toEqual([0, 3]);
  });

  it('leaves out that a task was planned, and tells that one was put back', () => {
    followTasks();
    task('t1', 'pending', 1);
    task('t1', 'running', 2);
    task('t1', 'pending', 3);

    expect(shown()).toEqual(['t1 pending', 't1 running']);
  });

  it('says nothing twice', () => {
    followTasks();
    task('t1', 'running', 1);
    task('t1', 'running', 2);

    expect(shown()).toEqual(['t1 running']);
  });

  it('remembers a title that an update leaves out', () => {
    followTasks();
    task('t1', 'running', 1);
    live.say({ event: 'task.update', session_id: 's1', data: { task_id: 't1', status: 'completed' } });

    expect(list[0]?.title).toBe('Chapter t1');
  });

  it('keeps the last thirty', () => {
    followTasks();
    for (let index = 1; index <= 40; index += 1) {
      task(`t${index}`, 'completed', index);
    }

    expect([list.length, list[0]?.id, list.at(-1)?.id]).toEqual([30, 't40', 't11']);
  });

  it('begins with what is known already, each in its place', () => {
    knownTasks.set([aTask('t1', { status: 'completed', day: 1 }), aTask('t2', { status: 'failed', day: 3 })]);
    followTasks();
    task('t3', 'completed', 2);

    expect(shown()).toEqual(['t2 failed', 't3 completed', 't1 completed']);
  });

  it('takes over what is read after an interruption', () => {
    followTasks();
    task('t1', 'running', 1);
    knownTasks.set([aTask('t1', { status: 'completed', day: 2 })]);
    TestBed.tick();

    expect(shown()).toEqual(['t1 completed', 't1 running']);
  });

  it('is not put back by an answer that is older than an update', () => {
    followTasks();
    task('t1', 'completed', 2);
    knownTasks.set([aTask('t1', { status: 'running', day: 1 })]);
    TestBed.tick();

    expect(shown()).toEqual(['t1 completed']);
  });

  it('names what runs now', () => {
    follow(() => injectTaskActivity(knownTasks).pipe(newestFirst(), map(runningNow)));
    task('t1', 'running', 1);
    task('t2', 'running', 2);
    task('t1', 'completed', 3);

    expect(shown()).toEqual(['t2 running']);
  });

  it('tells of sessions', () => {
    knownSessions.set([aSession('s1')]);
    followSessions();
    live.say(sessionUpdated(aSession('s1', { status: 'running', updated_at: dayOf(2) })));

    expect(list.map(({ title, status, at }) => [title, status, at])).toEqual([
      ['Work s1', 'running', dayOf(2)],
      ['Work s1', 'created', dayOf(1)],
    ]);
  });

  it('tells of a session that waits for approval that it waits', () => {
    followSessions();
    const running = { status: 'running', day: 1 } as const;
    live.say(sessionUpdated(aSession('s1', running)));
    live.say(sessionUpdated(aSession('s1', { ...running, pending_approval_tasks: 1, day: 2 })));

    expect(shown()).toEqual(['s1 pending_approval', 's1 running']);
  });

  it('forgets a session that was deleted', () => {
    followSessions();
    live.say(sessionUpdated(aSession('s1')), sessionUpdated(aSession('s2')));
    live.say({ event: 'session.deleted', session_id: 's1' });

    expect(shown()).toEqual(['s2 created']);
  });
});
