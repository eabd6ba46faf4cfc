/**
 * The examples of `docs/realtime/testing.md`, `docs/realtime/signals.md` and `docs/realtime/extensions.md`,
 * and the first component of `docs/realtime/README.md`, as they stand there.
 */
import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, Injectable } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import {
  defineEvent,
  provideRealtime,
  type RealtimeExtension,
  RealtimeOutbox,
  RealtimeService,
  withHeartbeat,
  withOutbox,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import { withLiveEntities, withRealtimeStatus } from '@creative-autogpt/realtime/signals';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { signalStore, withComputed } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { EMPTY, type Observable, of } from 'rxjs';
import * as v from 'valibot';

interface Task {
  readonly id: string;
  readonly session: string;
  readonly title: string;
  readonly status: string;
}

const taskUpdate = defineEvent(
  'task.update',
  v.looseObject({
    event: v.literal('task.update'),
    data: v.object({ id: v.string(), title: v.optional(v.string()), status: v.string() }),
  }),
);
const taskDeleted = defineEvent(
  'task.deleted',
  v.looseObject({ event: v.literal('task.deleted'), data: v.object({ id: v.string() }) }),
);

@Component({
  selector: 'app-latest-task',
  imports: [AsyncPipe],
  template: `@if (updates | async; as update) {
    {{ update.data.title }}: {{ update.data.status }}
  }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class LatestTask {
  protected readonly updates = inject(RealtimeService).on(taskUpdate);
}

@Component({
  selector: 'app-tasks',
  imports: [AsyncPipe],
  template: `{{ realtime.status() }}
    @if (updates | async; as update) {
      {{ update.data.id }}
    }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Tasks {
  protected readonly realtime = inject(RealtimeService);
  protected readonly updates = this.realtime.on(taskUpdate);

  constructor() {
    this.realtime.connect();
  }
}

/** The REST interface that the examples read from. */
@Injectable({ providedIn: 'root' })
class TasksApi {
  tasksOf(session: string): Observable<readonly Task[]> {
    return of([{ id: 't9', session, title: 'Read', status: 'pending' }]);
  }
}

const TasksStore = signalStore(
  { providedIn: 'root' },
  withEntities<Task>(),
  withRealtimeStatus(),
  withComputed(({ status }) => ({ isLive: computed(() => status() === 'connected') })),
  withLiveEntities({
    selectId: ({ id }: Task) => id,
    reads: (read, api = inject(TasksApi)) => ({
      plan: read({
        load: (session: string) => api.tasksOf(session),
        take: (tasks, answer, opened) => tasks.replace(answer, ({ session }) => session === opened),
      }),
    }),
    on: (on) => [
      on(taskUpdate, (tasks, { data }) =>
        tasks.set({ title: '', session: '', ...tasks.get(data.id), ...data }),
      ),
      on(taskDeleted, (tasks, { data }) => tasks.setMissing(data.id)),
    ],
  }),
);

function withLogging(log: (...what: readonly unknown[]) => void): RealtimeExtension {
  return {
    id: 'logging',
    hooks: ({ states, errors, now }) => {
      const at = (): string => new Date(now()).toISOString();
      states.subscribe(({ status, attempt }) => log(at(), status, attempt));
      errors.subscribe(({ code, message }) => log(at(), code, message));
      return {
        beforeAttempt: () => {
          log(at(), 'tries');
          return EMPTY;
        },
        sent: (_frame, { event }) => log(at(), 'out', event),
        received: (_frame, message) =>
          log(at(), 'in', message instanceof Error ? message.code : message.event),
      };
    },
  };
}

function textOf({ nativeElement }: ComponentFixture<unknown>): string | undefined {
  return nativeElement instanceof HTMLElement ? nativeElement.textContent.trim() : undefined;
}

describe('the documented examples', () => {
  let controller: RealtimeTestingController;

  beforeEach(() => {
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        provideRealtime(
          { url: 'ws://server.test' },
          withRetry(),
          withHeartbeat(),
          withRecovery(),
          withOutbox(),
        ),
        provideRealtimeTesting(),
      ],
    });
    controller = TestBed.inject(RealtimeTestingController);
    TestBed.inject(RealtimeService).connect();
    controller.expectConnection().accept();
  });

  afterEach(() => controller.verify());

  it('a component shows the latest task', async () => {
    const fixture = TestBed.createComponent(LatestTask);
    await fixture.whenStable();
    controller.emit(taskUpdate, { data: { id: 't1', title: 'Outline', status: 'running' } });
    await fixture.whenStable();

    expect(textOf(fixture)).toBe('Outline: running');
  });

  it('the first component connects, and shows what it hears', async () => {
    TestBed.inject(RealtimeService).disconnect();
    const fixture = TestBed.createComponent(Tasks);
    controller.expectConnection().accept();
    await fixture.whenStable();
    controller.emit(taskUpdate, { data: { id: 't1', status: 'running' } });
    await fixture.whenStable();

    expect(textOf(fixture)?.split(/\s+/)).toEqual(['connected', 't1']);
  });

  it('a store follows its event, one write a frame', () => {
    const store = TestBed.inject(TasksStore);
    controller.emit(taskUpdate, { data: { id: 't1', title: 'Outline', status: 'pending' } });
    controller.emit(taskUpdate, { data: { id: 't1', status: 'running' } });
    expect(store.entities()).toEqual([]);
    controller.nextFrame();

    expect(store.entities()).toEqual([{ id: 't1', session: '', title: 'Outline', status: 'running' }]);
  });

  it('a store loads again when the server cannot replay what was missed', () => {
    const store = TestBed.inject(TasksStore);
    store.plan.open('s1');
    controller.emit(taskDeleted, { data: { id: 't9' } });
    controller.nextFrame();
    expect(store.entities()).toEqual([]);
    controller.drop();
    expect(store.isLive()).toBeFalse();
    controller.advance(10_000);
    controller.expectConnection().accept({ connected: { epoch: 'restarted', offset: 0, recovered: false } });

    expect(store.isLive()).toBeTrue();
    expect(store.entityMap()['t9']?.title).toBe('Read');
  });

  it('the client gives up after five attempts', () => {
    controller.close(1012, 'restarting');
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      controller.advance(10_000);
      controller.expectConnection().refuse();
    }

    expect(TestBed.inject(RealtimeService).status()).toBe('error');
  });

  it('a command that the server refuses is rejected', async () => {
    const paused = TestBed.inject(RealtimeOutbox).request('pause', { session_id: 's1' });
    controller.expectSent('pause').refuse({ code: 'invalid_state', message: 'It is not running.' });

    await expectAsync(paused).toBeRejectedWith(jasmine.objectContaining({ serverCode: 'invalid_state' }));
  });

  it('a command that was not acknowledged is sent again over the next connection', async () => {
    const paused = TestBed.inject(RealtimeOutbox).request('pause', { session_id: 's1' });
    const first = controller.expectSent('pause');
    controller.drop();
    controller.advance(10_000);
    controller.expectConnection().accept();
    const second = controller.expectSent('pause');
    expect(second.message['id']).toBe(first.message['id']);
    second.acknowledge();

    expect((await paused).ok).toBeTrue();
  });
});

it('the documented logging extension logs states, attempts, errors and frames', () => {
  const lines: string[] = [];
  TestBed.configureTestingModule({
    providers: [
      provideRealtime(
        { url: 'ws://server.test' },
        withLogging((_at, ...what) => lines.push(what.join(' '))),
      ),
      provideRealtimeTesting(),
    ],
  });
  TestBed.inject(RealtimeService).connect();
  const controller = TestBed.inject(RealtimeTestingController);
  const connection = controller.expectConnection().accept();
  connection.deliver('?');
  connection.drop();

  expect(lines).toEqual([
    'disconnected 0',
    'tries',
    'connecting 0',
    'out connect',
    'connected 0',
    'in connected',
    'in undecodable-frame',
    'undecodable-frame A frame was ignored because it is not JSON: ?',
    'error 0',
    'connection-closed The connection was closed with code 1006.',
  ]);
});
