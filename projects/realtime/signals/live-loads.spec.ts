import { TestBed } from '@angular/core/testing';
import { aTask, PlayedStore, type TasksStore } from '../src/spec-support/played-store';

describe('withLiveEntities: a load', () => {
  let played: PlayedStore;
  let store: TasksStore;

  beforeEach(() => {
    played = PlayedStore.connected();
    ({ store } = played);
  });

  const openPlan = (session = 's1'): void => {
    store.plan.open(session);
    played.api.plan.answer([aTask(`of ${session}`, 'pending', { session })]);
  };
  const planLoads = () => played.api.plan.begun.length;
  const status = (session = 's1') => store.plan.loadOf(session).status;

  it('stands where its key stands: another one is another', () => {
    store.plan.open('s1');
    expect([status('s1'), status('s2')]).toEqual(['loading', 'idle']);
    played.api.plan.answer([]);

    expect([status('s1'), status('s2'), store.plan.opened()]).toEqual(['known', 'idle', 's1']);
  });

  it('that fails is told, and tried again with longer and longer pauses', () => {
    store.plan.open('s1');
    [1_000, 2_000, 4_000].forEach((pause, index) => {
      played.api.plan.fail();
      expect([status(), store.plan.loadOf('s1').error?.message]).toEqual(['failed', '503']);
      played.advance(pause - 1);
      expect(planLoads()).toBe(index + 1);
      played.advance(pause * 0.2 + 1);
      expect(planLoads()).toBe(index + 2);
    });
    played.api.plan.answer([]);

    expect([status(), store.plan.loadOf('s1').error]).toEqual(['known', null]);
  });

  it('that fails is tried again at once when it is opened again', () => {
    store.plan.open('s1');
    played.api.plan.fail();
    store.plan.open('s1');

    expect([status(), planLoads()]).toEqual(['loading', 2]);
  });

  it('that fails is tried again with the next connection', () => {
    store.plan.open('s1');
    played.api.plan.fail(403);
    played.advance(60_000);
    expect(planLoads()).toBe(1);
    played.reconnect();

    expect(planLoads()).toBe(2);
  });

  it('that fails again leaves what is known', () => {
    openPlan();
    store.plan.reload();
    played.api.plan.fail();

    expect([status(), store.plan.loadOf('s1').error?.message, store.statuses()]).toEqual([
      'known',
      '503',
      ['of s1 pending'],
    ]);
  });

  it('of something that does not exist says so, and is not tried again', () => {
    store.one.open('t1');
    played.api.task.fail(404);
    played.advance(60_000);

    expect([store.one.loadOf('t1').status, store.isMissing('t1'), played.api.task.begun.length]).toEqual([
      'missing',
      true,
      1,
    ]);
  });

  it('is not made again within 5 s, under the same connection', () => {
    openPlan();
    played.advance(4_999);
    store.plan.open('s1');
    expect(planLoads()).toBe(1);
    played.advance(1);
    store.plan.open('s1');

    expect([planLoads(), status()]).toEqual([2, 'known']);
  });

  it('is made again within 5 s under another connection', () => {
    openPlan();
    store.plan.close();
    played.reconnect();
    store.plan.open('s1');

    expect(planLoads()).toBe(2);
  });

  it('is made again within 5 s where it was answered without a connection', () => {
    TestBed.resetTestingModule();
    played = new PlayedStore();
    ({ store } = played);
    openPlan();
    store.plan.open('s1');

    expect(planLoads()).toBe(2);
  });

  it('under way is not made twice', () => {
    store.plan.open('s1');
    store.plan.open('s1');

    expect(planLoads()).toBe(1);
  });

  it('is begun anew by a gap, and what is known stays meanwhile', () => {
    openPlan();
    played.reconnectWithGap();
    const { isBehind, isReloading } = store.plan.loadOf('s1');
    expect([isBehind, isReloading, store.statuses(), planLoads()]).toEqual([
      true,
      true,
      ['of s1 pending'],
      2,
    ]);
    played.api.plan.answer([]);

    expect([store.plan.loadOf('s1').isBehind, store.statuses()]).toEqual([false, []]);
  });

  it('is not begun by a connection that resumes', () => {
    openPlan();
    played.reconnect();

    expect(planLoads()).toBe(1);
  });

  it('is begun anew by the first connection', () => {
    TestBed.resetTestingModule();
    played = new PlayedStore();
    ({ store } = played);
    openPlan();
    played.connect();

    expect(planLoads()).toBe(2);
  });

  it('of what is not open is not begun by a gap', () => {
    openPlan('s1');
    openPlan('s2');
    played.reconnectWithGap();

    expect(played.api.plan.begun.map(({ params }) => params)).toEqual(['s1', 's2', 's2']);
  });

  it('is refreshed at most once a second, and at the end of it', () => {
    openPlan();
    for (let refresh = 0; refresh < 3; refresh += 1) {
      store.plan.refresh();
      played.api.plan.answer([]);
    }
    expect(planLoads()).toBe(2);
    played.advance(1_000);

    expect(planLoads()).toBe(3);
  });

  it('that takes longer than a second is not ended by the refreshes since, but made once more', () => {
    openPlan();
    store.plan.refresh();
    for (let second = 0; second < 3; second += 1) {
      played.advance(1_000);
      store.plan.refresh();
    }
    expect([planLoads(), played.api.plan.begun[1]?.abort.aborted]).toEqual([2, false]);
    played.api.plan.answer([]);
    played.advance(1_000);

    expect(planLoads()).toBe(3);
  });

  it('that begins after a refresh was due is not followed by another one', () => {
    openPlan();
    store.plan.refresh();
    played.advance(1_000);
    store.plan.refresh();
    played.api.plan.fail();
    played.advance(1_200);
    expect(planLoads()).toBe(3);
    played.api.plan.answer([]);
    played.advance(1_000);

    expect(planLoads()).toBe(3);
  });

  it('of what was opened longest ago is forgotten, where only so many are kept', () => {
    ['s1', 's2', 's3'].forEach(openPlan);

    expect([status('s1'), status('s2'), store.statuses()]).toEqual([
      'idle',
      'known',
      ['of s2 pending', 'of s3 pending'],
    ]);
    expect([store.plan.keeps('s1'), store.plan.keeps('s2')]).toEqual([false, true]);
  });

  it('ends with its injector', () => {
    store.plan.open('s1');
    TestBed.resetTestingModule();

    expect(played.api.plan.begun[0]?.abort.aborted).toBeTrue();
  });

  describe('of a single entity', () => {
    const tell = (...ids: readonly string[]): void => {
      ids.forEach((id) => played.update(id, 'running', {}));
      played.nextFrame();
    };
    const asked = () => played.api.task.begun.map(({ params }) => params);

    it('follows an event that told only a part of it', () => {
      tell('t1');
      played.api.task.answer(aTask('t1', 'running'));

      expect(store.statuses()).toEqual(['t1 running']);
    });

    it('is made once, however many events tell a part', () => {
      tell('t1', 't1');
      tell('t1');

      expect(asked()).toEqual(['t1']);
    });

    it('waits where four are under way', () => {
      tell('t1', 't2', 't3', 't4', 't5');
      expect(asked()).toEqual(['t1', 't2', 't3', 't4']);
      played.api.task.begun[1]?.answer.next(aTask('t2'));

      expect(asked()).toEqual(['t1', 't2', 't3', 't4', 't5']);
    });

    it('that failed is not made again for 5 s', () => {
      tell('t1');
      played.api.task.fail();
      played.advance(4_000);
      tell('t1');
      expect(asked()).toEqual(['t1']);
      played.advance(1_000);
      tell('t1');

      expect(asked()).toEqual(['t1', 't1']);
    });

    it('that failed is made again with the next connection', () => {
      tell('t1');
      played.api.task.fail();
      played.reconnect();

      expect(asked()).toEqual(['t1', 't1']);
    });

    it('is not asked for again because an answer has its events told once more', () => {
      store.plan.open('s1');
      tell('t1');
      played.api.task.answer(aTask('t1'));
      played.api.plan.answer([]);

      expect(asked()).toEqual(['t1']);
    });
  });
});
