import { ErrorHandler, inject, Injectable } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  defineEvent,
  type Positioned,
  provideRealtime,
  type RealtimeExtension,
  RealtimeService,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import { type PageQuery, withLiveEntities, withLivePages } from '@creative-autogpt/realtime/signals';
import {
  type AcceptOptions,
  provideRealtimeTesting,
  RealtimeTestingController,
} from '@creative-autogpt/realtime/testing';
import { patchState, signalStore, withMethods } from '@ngrx/signals';
import { setEntity, withEntities } from '@ngrx/signals/entities';
import { type Observable, Subject } from 'rxjs';
import * as v from 'valibot';

/** An entity of the {@link TasksStore}. */
export interface Task {
  readonly id: string;
  readonly session: string;
  readonly status: string;
  readonly text?: string;
}

export const taskUpdate = defineEvent(
  'task.update',
  v.looseObject({
    event: v.string(),
    data: v.object({
      id: v.string(),
      session: v.exactOptional(v.string()),
      status: v.string(),
      text: v.exactOptional(v.string()),
    }),
  }),
);
export const taskDeleted = defineEvent(
  'task.deleted',
  v.looseObject({ event: v.string(), task: v.string() }),
);
/** Says what to add, and not how things are. */
export const taskWords = defineEvent(
  'task.words',
  v.looseObject({ event: v.string(), task: v.string(), text: v.string() }),
);
export const sessionDeleted = defineEvent(
  'session.deleted',
  v.looseObject({ event: v.string(), session: v.string() }),
);

/** Loads of one kind, which the spec answers. */
export class PlayedLoads<Params, Answer> {
  readonly begun: {
    readonly params: Params;
    readonly answer: Subject<Answer | Positioned<Answer>>;
    readonly abort: AbortSignal;
  }[] = [];

  readonly load = (params: Params, abort: AbortSignal): Subject<Answer | Positioned<Answer>> => {
    const answer = new Subject<Answer | Positioned<Answer>>();
    this.begun.push({ params, answer, abort });
    return answer;
  };

  /** The newest load answers. */
  answer(value: Answer | Positioned<Answer>): void {
    this.begun.at(-1)?.answer.next(value);
  }

  /** The newest load fails. */
  fail(status = 503): void {
    this.begun.at(-1)?.answer.error(Object.assign(new Error(String(status)), { status }));
  }
}

/** A server's REST interface. */
@Injectable({ providedIn: 'root' })
export class PlayedApi {
  readonly plan = new PlayedLoads<string, readonly Task[]>();
  readonly task = new PlayedLoads<string, Task>();
  readonly page = new PlayedLoads<
    PageQuery<string>,
    { readonly items: readonly Task[]; readonly total: number }
  >();
}

/** Tasks that have a text, which events may add to, and belong to sessions. */
export const TasksStore = signalStore(
  { providedIn: 'root' },
  withEntities<Task>(),
  withLiveEntities({
    selectId: ({ id }: Task) => id,
    reads: (read, api = inject(PlayedApi)) => ({
      plan: read({
        load: api.plan.load,
        take: (tasks, answer, opened) => tasks.replace(answer, ({ session }) => session === opened),
        keep: 2,
        evict: (tasks, left) => tasks.remove(({ session }) => session === left),
      }),
      one: read({
        load: api.task.load,
        take: (tasks, answer) => tasks.set(answer),
        missing: (tasks, id) => tasks.setMissing(id),
      }),
    }),
    on: (on, { one }) => [
      on(taskUpdate, (tasks, { data }) => {
        if (data.status === 'odd') {
          throw new Error('odd');
        }
        const known = tasks.get(data.id);
        const { session } = { ...known, ...data };
        if (session === undefined) {
          tasks.fetch(one, data.id);
        } else if (!tasks.isMissing(session)) {
          tasks.set({ ...known, ...data, session });
        }
      }),
      on(taskWords, (tasks, { task, text }) => {
        const known = tasks.get(task);
        if (known) {
          tasks.set({ ...known, text: (known.text ?? '') + text });
        }
      }),
      on(taskDeleted, (tasks, { task }) => tasks.setMissing(task)),
      on(sessionDeleted, (tasks, message) => {
        tasks.remove(({ session }) => session === message.session);
        tasks.setMissing(message.session);
        if (message.session === 'odd') {
          throw new Error('odd');
        }
      }),
    ],
  }),
  withLivePages((api = inject(PlayedApi)) => ({
    load: api.page.load,
    compare: (a: Task, b: Task) => a.id.localeCompare(b.id),
    filterOf: ({ status }: Task) => status,
  })),
  withMethods((store) => ({
    statuses: () => store.entities().map(({ id, status }) => `${id} ${status}`),
    isMissing: (id: string) => store._live.isMissing(id),
    patch: (task: Task) => patchState(store, setEntity(task)),
    change: (task: Task) => store._live.change((tasks) => tasks.set(task)),
    command: (answer: Observable<Task | Positioned<Task>>) =>
      store._live.call(answer, (tasks, task) => tasks.set(task)),
  })),
);

/** The injected store. */
export type TasksStore = InstanceType<typeof TasksStore>;

export const aTask = (id: string, status = 'pending', fields: Partial<Task> = {}): Task => ({
  id,
  session: 's1',
  status,
  ...fields,
});

/** A store whose server and whose loads the spec plays. */
export class PlayedStore {
  /** What the `ErrorHandler` was given. */
  readonly thrown: unknown[] = [];
  readonly store: TasksStore;
  readonly api: PlayedApi;
  readonly #controller: RealtimeTestingController;

  constructor(...features: readonly RealtimeExtension[]) {
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test' }, withRetry({ jitter: 0 }), ...features),
        provideRealtimeTesting(),
        { provide: ErrorHandler, useValue: { handleError: (error: unknown) => this.thrown.push(error) } },
      ],
    });
    this.store = TestBed.inject(TasksStore);
    this.api = TestBed.inject(PlayedApi);
    this.#controller = TestBed.inject(RealtimeTestingController);
  }

  /** With recovery, and connected at offset 0 of epoch `e`. */
  static connected(): PlayedStore {
    const played = new PlayedStore(withRecovery());
    played.connect();
    return played;
  }

  connect(connected: AcceptOptions['connected'] = { epoch: 'e', offset: 0 }): void {
    TestBed.inject(RealtimeService).connect();
    this.#controller.expectConnection().accept({ connected });
  }

  reconnect(connected: AcceptOptions['connected'] = { epoch: 'e', offset: 0, recovered: true }): void {
    this.#controller.drop();
    this.advance(10_000);
    this.#controller.expectConnection().accept({ connected });
  }

  /** Loses the connection and has it back, with events missed for good. */
  reconnectWithGap(): void {
    this.reconnect({ epoch: 'another', offset: 9, recovered: false });
  }

  update(id: string, status: string, fields: Partial<Task> = { session: 's1' }): void {
    this.#controller.emit(taskUpdate, { data: { id, status, ...fields } });
  }

  words(task: string, text: string, offset?: number): void {
    this.#controller.emit(taskWords, { task, text, ...(offset !== undefined && { id: offset }) });
  }

  delete(task: string): void {
    this.#controller.emit(taskDeleted, { task });
  }

  deleteSession(session: string): void {
    this.#controller.emit(sessionDeleted, { session });
  }

  nextFrame(): void {
    this.#controller.nextFrame();
  }

  advance(milliseconds: number): void {
    this.#controller.advance(milliseconds);
  }
}
