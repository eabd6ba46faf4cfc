import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRealtime, RealtimeService } from '@creative-autogpt/realtime';
import { withLiveEntities } from '@creative-autogpt/realtime/signals';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { signalStore, watchState, withHooks } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { CountingZone, useFakeZones } from '../src/spec-support/fake-zone';
import { aTask, PlayedStore, type Task, type TasksStore, taskUpdate } from '../src/spec-support/played-store';

describe('withLiveEntities: an event', () => {
  let played: PlayedStore;
  let store: TasksStore;

  beforeEach(() => {
    played = PlayedStore.connected();
    ({ store } = played);
  });

  it('adds entities that are not known, in the order in which they came', () => {
    played.update('t2', 'pending');
    played.update('t1', 'pending');
    played.nextFrame();

    expect(store.statuses()).toEqual(['t2 pending', 't1 pending']);
  });

  it('is given what is known, also of the same frame', () => {
    played.update('t1', 'pending', { session: 's7' });
    played.update('t1', 'running', {});
    played.nextFrame();
    played.update('t1', 'completed', {});
    played.nextFrame();

    expect(store.entities()).toEqual([{ id: 't1', session: 's7', status: 'completed' }]);
  });

  it('leaves the place of an entity that changes as it is', () => {
    played.update('t1', 'pending');
    played.update('t2', 'pending');
    played.nextFrame();
    played.update('t1', 'running');
    played.nextFrame();

    expect(store.statuses()).toEqual(['t1 running', 't2 pending']);
  });

  it('removes one entity, and says that it is missing', () => {
    played.update('t1', 'pending');
    played.update('t2', 'pending');
    played.nextFrame();
    played.delete('t1');
    played.nextFrame();

    expect([store.statuses(), store.isMissing('t1'), store.isMissing('t2')]).toEqual([
      ['t2 pending'],
      true,
      false,
    ]);
  });

  it('S12: removes every entity that the predicate names, those of the same frame included', () => {
    played.update('t1', 'pending');
    played.update('t2', 'pending', { session: 's2' });
    played.nextFrame();
    played.update('t3', 'pending');
    played.deleteSession('s1');
    played.nextFrame();

    expect(store.statuses()).toEqual(['t2 pending']);
  });

  it('can tell that what an entity belongs to is gone', () => {
    played.deleteSession('s1');
    played.update('t1', 'pending');
    played.nextFrame();

    expect(store.statuses()).toEqual([]);
  });

  it('adds again what comes after its removal, which is not missing any more', () => {
    played.update('t1', 'pending');
    played.delete('t1');
    played.update('t1', 'running');
    played.nextFrame();

    expect([store.statuses(), store.isMissing('t1')]).toEqual([['t1 running'], false]);
  });

  for (const id of ['constructor', 'toString', '__proto__']) {
    it(`keeps an entity whose id is ${id} as any other`, () => {
      played.update(id, 'pending');
      played.nextFrame();
      expect(store.entities()).toEqual([aTask(id)]);
      played.update(id, 'running');
      played.nextFrame();
      expect(store.statuses()).toEqual([`${id} running`]);
      played.delete(id);
      played.nextFrame();

      expect(store.statuses()).toEqual([]);
    });
  }

  it('whose change throws is left out, and the error handed on', () => {
    played.update('t1', 'odd');
    played.update('t2', 'pending');
    played.nextFrame();
    played.update('t3', 'pending');
    played.nextFrame();

    expect(played.thrown).toEqual([new Error('odd')]);
    expect(store.statuses()).toEqual(['t2 pending', 't3 pending']);
  });

  it('whose change throws half-way changes nothing, and those around it are applied once', () => {
    played.update('t1', 'pending', { session: 's1', text: '' });
    played.words('t1', 'a');
    played.deleteSession('odd');
    played.words('t1', 'b');
    played.nextFrame();

    expect(played.thrown).toEqual([new Error('odd')]);
    expect([store.entityMap()['t1']?.text, store.isMissing('odd')]).toEqual(['ab', false]);
  });
});

describe('withLiveEntities: a frame', () => {
  useFakeZones();

  it('is one write, and enters the Angular zone once', () => {
    const zone = new CountingZone();
    TestBed.configureTestingModule({
      providers: [
        { provide: NgZone, useValue: zone },
        provideRealtime({ url: 'ws://server.test' }),
        provideRealtimeTesting(),
      ],
    });
    let writes = 0;
    const Store = signalStore(
      { providedIn: 'root' },
      withEntities<Task>(),
      withLiveEntities({
        selectId: ({ id }: Task) => id,
        on: (on) => [on(taskUpdate, (tasks, { data }) => tasks.set({ session: 's1', ...data }))],
      }),
      withHooks({ onInit: (store) => watchState(store, () => (writes += 1)) }),
    );
    zone.run(() => TestBed.inject(Store));
    zone.run(() => TestBed.inject(RealtimeService).connect());
    const controller = TestBed.inject(RealtimeTestingController);
    controller.expectConnection().accept();
    writes = zone.entered = zone.rounds = 0;
    for (const id of ['t1', 't2', 't3']) {
      controller.emit(taskUpdate, { data: { id, status: 'pending' } });
    }
    expect(zone.entered).toBe(0);
    controller.nextFrame();

    expect([writes, zone.entered, zone.rounds]).toEqual([1, 1, 1]);
  });
});
