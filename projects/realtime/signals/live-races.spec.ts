import { effect } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { atPosition } from '@creative-autogpt/realtime';
import { of } from 'rxjs';
import { aTask, PlayedStore, type TasksStore } from '../src/spec-support/played-store';

describe('withLiveEntities: a race', () => {
  let played: PlayedStore;
  let store: TasksStore;

  beforeEach(() => {
    played = PlayedStore.connected();
    ({ store } = played);
  });

  const openPlan = (...tasks: Parameters<typeof aTask>[]): void => {
    store.plan.open('s1');
    played.api.plan.answer(tasks.map((task) => aTask(...task)));
  };

  it('an event during the load is applied over its answer', () => {
    store.plan.open('s1');
    played.update('t1', 'running');
    played.api.plan.answer([aTask('t1'), aTask('t2')]);

    expect(store.statuses()).toEqual(['t1 running', 't2 pending']);
  });

  it('what was deleted during the load stays deleted', () => {
    openPlan(['t1'], ['t2']);
    store.plan.reload();
    played.delete('t1');
    played.api.plan.answer([aTask('t1'), aTask('t2')]);

    expect([store.statuses(), store.isMissing('t1')]).toEqual([['t2 pending'], true]);
  });

  it('what was created during the load stays, though the answer of the whole list has it not', () => {
    store.plan.open('s1');
    played.update('new', 'pending');
    played.nextFrame();
    played.api.plan.answer([]);

    expect(store.statuses()).toEqual(['new pending']);
  });

  it('an event before the request that waits for its frame is in the answer', () => {
    openPlan(['t1']);
    played.update('t1', 'running');
    store.plan.reload();
    expect(store.statuses()).toEqual(['t1 running']);
    played.api.plan.answer([aTask('t1', 'completed')]);
    played.nextFrame();

    expect(store.statuses()).toEqual(['t1 completed']);
  });

  it('an event that says what to add is applied once to what the answer does not have', () => {
    openPlan(['t1', 'pending', { text: 'a' }]);
    store.one.open('t2');
    played.words('t1', 'b');
    played.nextFrame();
    played.api.task.answer(aTask('t2', 'pending', { text: 'x' }));

    expect(store.entityMap()['t1']?.text).toBe('ab');
  });

  it('of two loads that cross, the answer to the later request is the later one', () => {
    store.plan.open('s1');
    store.one.open('t1');
    played.api.task.answer(aTask('t1', 'completed'));
    played.api.plan.answer([aTask('t1', 'running'), aTask('t2')]);

    expect(store.statuses()).toEqual(['t1 completed', 't2 pending']);
  });

  it('an event between the requests of two loads that cross is applied over the earlier one alone', () => {
    store.plan.open('s1');
    played.update('t1', 'running');
    store.one.open('t1');
    played.api.task.answer(aTask('t1', 'completed'));
    played.api.plan.answer([aTask('t1')]);

    expect(store.statuses()).toEqual(['t1 completed']);
  });

  it('the late answer of what was open before is dropped, and its load aborted', () => {
    store.plan.open('s1');
    store.plan.open('s2');
    played.api.plan.begun[0]?.answer.next([aTask('t1')]);

    expect([store.statuses(), store.plan.loadOf('s1').status]).toEqual([[], 'idle']);
    expect(played.api.plan.begun[0]?.abort.aborted).toBeTrue();
  });

  it('an answer that a reload has overtaken is dropped', () => {
    store.plan.open('s1');
    store.plan.reload();
    played.api.plan.begun[0]?.answer.next([aTask('t1', 'old')]);
    played.api.plan.answer([aTask('t1', 'new')]);

    expect(store.statuses()).toEqual(['t1 new']);
  });

  it('what the store itself writes by patchState during a load is kept', () => {
    store.plan.open('s1');
    store.patch(aTask('t9', 'mine', { session: 's9' }));
    played.update('t1', 'running');
    played.api.plan.answer([aTask('t1')]);

    expect(store.statuses()).toEqual(['t1 running', 't9 mine']);
  });

  it('what the store itself changes during a load is applied over the answer', () => {
    openPlan(['t1']);
    store.plan.reload();
    store.change(aTask('t1', 'mine'));
    played.api.plan.answer([aTask('t1', 'theirs')]);

    expect(store.statuses()).toEqual(['t1 mine']);
  });

  it('an event during a command is applied over its answer', () => {
    openPlan(['t1']);
    const answer = played.api.task.load('command', new AbortController().signal);
    store.command(answer).subscribe();
    played.update('t1', 'running');
    answer.next(aTask('t1', 'pending'));

    expect(store.statuses()).toEqual(['t1 running']);
  });

  it('a command without a race is shown at once, and gives its answer', () => {
    const given: unknown[] = [];
    store.command(of(aTask('t1'))).subscribe((task) => given.push(task));

    expect([store.statuses(), given]).toEqual([['t1 pending'], [aTask('t1')]]);
  });

  it('a command in an effect is made once: the effect does not depend on the entities', () => {
    let runs = 0;
    TestBed.runInInjectionContext(() =>
      effect(() => {
        runs += 1;
        // An effect that runs again because of its own command would go on for ever.
        if (runs < 3) {
          store.command(of(aTask('t1', `run ${runs}`))).subscribe();
        }
      }),
    );
    TestBed.tick();

    expect([runs, store.statuses()]).toEqual([1, ['t1 run 1']]);
  });

  describe('with a position in the answer', () => {
    const text = (id = 't1') => store.entityMap()[id]?.text;

    beforeEach(() => openPlan(['t1', 'pending', { text: '' }], ['t2', 'pending', { text: '' }]));

    it('exactly the events after it are applied', () => {
      store.one.open('t1');
      played.words('t1', 'a', 1);
      played.words('t1', 'b', 2);
      played.api.task.answer(atPosition(aTask('t1', 'pending', { text: 'a' }), { epoch: 'e', offset: 1 }));

      expect(text()).toBe('ab');
    });

    it('an event before it is still applied to what the answer does not have', () => {
      store.one.open('t1');
      played.words('t2', 'a', 1);
      played.words('t1', 'b', 2);
      played.api.task.answer(atPosition(aTask('t1', 'pending', { text: 'b' }), { epoch: 'e', offset: 2 }));

      expect([text('t1'), text('t2')]).toEqual(['b', 'a']);
    });

    it('an event that the answer has overtaken is not applied over it', () => {
      store.one.open('t1');
      played.api.task.answer(atPosition(aTask('t1', 'pending', { text: 'ab' }), { epoch: 'e', offset: 2 }));
      played.words('t1', 'a', 1);
      played.words('t1', 'b', 2);
      played.words('t1', 'c', 3);
      played.nextFrame();
      expect(text()).toBe('abc');
      played.words('t1', 'd', 4);
      played.nextFrame();

      expect(text()).toBe('abcd');
    });

    it('an event that the answer has overtaken still reaches what the answer does not have', () => {
      store.one.open('t1');
      played.api.task.answer(atPosition(aTask('t1', 'pending', { text: 'x' }), { epoch: 'e', offset: 1 }));
      played.words('t2', 'a', 1);
      played.nextFrame();

      expect(text('t2')).toBe('a');
    });
  });
});
