import { ErrorHandler, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { defineEvent, provideRealtime, RealtimeService } from '@creative-autogpt/realtime';
import { withRealtimeEntities } from '@creative-autogpt/realtime/signals';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { signalStore, type, watchState, withHooks, withMethods } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import * as v from 'valibot';
import { CountingZone, useFakeZones } from '../src/spec-support/fake-zone';

interface Task {
  readonly id: string;
  readonly session: string;
  readonly status: string;
}

const taskUpdate = defineEvent(
  'task.update',
  v.object({
    event: v.string(),
    data: v.object({ id: v.string(), session: v.exactOptional(v.string()), status: v.string() }),
  }),
);
const taskDeleted = defineEvent('task.deleted', v.object({ event: v.string(), id: v.nullable(v.string()) }));
const sessionDeleted = defineEvent('session.deleted', v.object({ event: v.string(), session: v.string() }));

describe('withRealtimeEntities', () => {
  let controller: RealtimeTestingController;
  let thrown: unknown[];
  let writes: number;

  beforeEach(() => {
    thrown = [];
    writes = 0;
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test' }),
        provideRealtimeTesting(),
        { provide: ErrorHandler, useValue: { handleError: (error: unknown) => thrown.push(error) } },
      ],
    });
  });

  const setUp = (batch = true) => {
    const Store = signalStore(
      { providedIn: 'root' },
      withEntities<Task>(),
      withRealtimeEntities({
        entity: type<Task>(),
        event: taskUpdate,
        id: ({ data }) => (data.status === 'of nobody' ? null : data.id),
        select: ({ data }, known) => {
          if (data.status === 'unspeakable') {
            throw new Error('unspeakable');
          }
          return data.status === 'ignored' ? null : { session: 's1', ...known, ...data };
        },
        remove: {
          event: sessionDeleted,
          which:
            (message) =>
            ({ session }) =>
              session === message.session,
        },
        batch,
      }),
      withRealtimeEntities({
        entity: type<Task>(),
        event: defineEvent('task.note'),
        id: () => null,
        select: () => null,
        remove: { event: taskDeleted, which: ({ id }) => id },
        batch,
      }),
      withMethods((store) => ({
        statuses: () => store.entities().map(({ id, status }) => `${id} ${status}`),
      })),
      withHooks({ onInit: (store) => watchState(store, () => (writes += 1)) }),
    );
    const store = TestBed.inject(Store);
    // The watcher is told of the initial state too.
    writes = 0;
    controller = TestBed.inject(RealtimeTestingController);
    TestBed.inject(RealtimeService).connect();
    controller.expectConnection().accept();
    return store;
  };
  const update = (id: string, status: string, fields: Partial<Task> = {}): void =>
    controller.emit(taskUpdate, { data: { id, status, ...fields } });

  it('adds entities that are not known, in the order in which they came', () => {
    const store = setUp();
    update('t2', 'pending');
    update('t1', 'pending');
    controller.nextFrame();

    expect(store.statuses()).toEqual(['t2 pending', 't1 pending']);
  });

  it('gives what is known to whoever merges', () => {
    const store = setUp();
    update('t1', 'pending', { session: 's7' });
    update('t1', 'running');
    controller.nextFrame();
    update('t1', 'completed');
    controller.nextFrame();

    expect(store.entities()).toEqual([{ id: 't1', session: 's7', status: 'completed' }]);
  });

  it('leaves the place of an entity that changes as it is', () => {
    const store = setUp();
    update('t1', 'pending');
    update('t2', 'pending');
    controller.nextFrame();
    update('t1', 'running');
    controller.nextFrame();

    expect(store.statuses()).toEqual(['t1 running', 't2 pending']);
  });

  it('writes once a frame', () => {
    setUp();
    for (let index = 0; index < 50; index += 1) {
      update(`t${index}`, 'pending');
    }
    expect(writes).toBe(0);
    controller.nextFrame();

    expect(writes).toBe(1);
  });

  it('writes at once where the store asks for it', () => {
    const store = setUp(false);
    update('t1', 'pending');

    expect(store.statuses()).toEqual(['t1 pending']);
  });

  it('skips messages about no entity, and those that change nothing', () => {
    const store = setUp();
    update('t1', 'of nobody');
    update('t2', 'ignored');
    controller.nextFrame();

    expect(store.entities()).toEqual([]);
  });

  it('removes one entity', () => {
    const store = setUp();
    update('t1', 'pending');
    update('t2', 'pending');
    controller.nextFrame();
    controller.emit(taskDeleted, { id: 't1' });
    controller.emit(taskDeleted, { id: null });
    controller.nextFrame();

    expect(store.statuses()).toEqual(['t2 pending']);
  });

  it('S12: removes every entity that the predicate names, those of the same frame included', () => {
    const store = setUp();
    update('t1', 'pending');
    update('t2', 'pending', { session: 's2' });
    controller.nextFrame();
    update('t3', 'pending');
    controller.emit(sessionDeleted, { session: 's1' });
    controller.nextFrame();

    expect(store.statuses()).toEqual(['t2 pending']);
  });

  it('adds again what comes after its removal', () => {
    const store = setUp();
    update('t1', 'pending', { session: 's7' });
    controller.emit(sessionDeleted, { session: 's7' });
    update('t1', 'running');
    controller.nextFrame();

    expect(store.entities()).toEqual([{ id: 't1', session: 's1', status: 'running' }]);
  });

  for (const id of ['constructor', 'toString', '__proto__']) {
    it(`keeps an entity whose id is ${id} as any other`, () => {
      const store = setUp();
      update(id, 'pending');
      controller.nextFrame();
      expect(store.entities()).toEqual([{ id, session: 's1', status: 'pending' }]);
      update(id, 'running');
      controller.nextFrame();
      expect(store.statuses()).toEqual([`${id} running`]);
      controller.emit(taskDeleted, { id });
      controller.nextFrame();

      expect(store.statuses()).toEqual([]);
    });
  }

  it('hands what is thrown to the ErrorHandler, and goes on', () => {
    const store = setUp();
    update('t1', 'unspeakable');
    update('t2', 'pending');
    controller.nextFrame();
    update('t3', 'pending');
    controller.nextFrame();

    expect(thrown).toEqual([new Error('unspeakable')]);
    expect(store.statuses()).toEqual(['t2 pending', 't3 pending']);
  });
});

describe('withRealtimeEntities in an application with zone.js', () => {
  useFakeZones();

  it('enters the zone for its writes alone: once a frame', () => {
    const zone = new CountingZone();
    const inside: boolean[] = [];
    TestBed.configureTestingModule({
      providers: [
        { provide: NgZone, useValue: zone },
        provideRealtime({ url: 'ws://server.test' }),
        provideRealtimeTesting(),
      ],
    });
    const Store = signalStore(
      { providedIn: 'root' },
      withEntities<Task>(),
      withRealtimeEntities({
        entity: type<Task>(),
        event: taskUpdate,
        id: ({ data }) => data.id,
        select: ({ data }) => {
          inside.push(NgZone.isInAngularZone());
          return { session: 's1', ...data };
        },
      }),
    );
    zone.run(() => TestBed.inject(Store));
    zone.run(() => TestBed.inject(RealtimeService).connect());
    const controller = TestBed.inject(RealtimeTestingController);
    controller.expectConnection().accept();
    zone.entered = zone.rounds = 0;
    for (const id of ['t1', 't2', 't3']) {
      controller.emit(taskUpdate, { data: { id, status: 'pending' } });
    }
    expect(zone.entered).toBe(0);
    controller.nextFrame();

    expect(inside).toEqual([true, true, true]);
    expect([zone.entered, zone.rounds]).toEqual([1, 1]);
  });
});
