import { NgZone, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { useFakeBrowser, lastSocket } from '../../spec-support/fake-web-socket';
import { CountingZone, useFakeZones } from '../../spec-support/fake-zone';
import { FRAME, PlayedResource, type Tasks, taskUpdate } from '../../spec-support/played-resource';
import { tick } from '../../spec-support/client';
import { withRecovery } from '../recovery/with-recovery';
import { atPosition } from './positioned';
import type { RealtimeResource } from './realtime-resource';

describe('realtimeResource', () => {
  useFakeBrowser();

  let played: PlayedResource;
  let tasks: RealtimeResource<Tasks | undefined>;

  beforeEach(() => {
    played = PlayedResource.connected();
    tasks = played.make();
  });

  it('loads by itself', () => {
    expect([tasks.status(), tasks.value(), played.loads.length]).toEqual(['loading', undefined, 1]);
  });

  it('has the answer', () => {
    played.answer({ t1: 'pending' });

    expect([tasks.status(), tasks.value()]).toEqual(['resolved', { t1: 'pending' }]);
  });

  it('has the default value while there is none', () => {
    expect(played.make({ defaultValue: {} }).value()).toEqual({});
  });

  it('applies an event after the load with the next frame', () => {
    played.answer({ t1: 'pending' });
    played.update('t1', 'running');
    expect(tasks.value()).toEqual({ t1: 'pending' });
    tick(FRAME);

    expect(tasks.value()).toEqual({ t1: 'running' });
  });

  it('applies an event that came during the load over its answer', () => {
    played.update('t1', 'running');
    played.answer({ t1: 'pending' });

    expect(tasks.value()).toEqual({ t1: 'running' });
  });

  it('keeps deleted what was deleted during the load', () => {
    played.delete('t1');
    played.answer({ t1: 'pending', t2: 'pending' });

    expect(tasks.value()).toEqual({ t2: 'pending' });
  });

  it('shows an event during a reload, and applies it over the answer too', () => {
    played.answer({ t1: 'pending' });
    tasks.reload();
    played.update('t1', 'running');
    tick(FRAME);
    expect([tasks.status(), tasks.value()]).toEqual(['reloading', { t1: 'running' }]);
    played.answer({ t1: 'pending', t2: 'pending' });

    expect([tasks.status(), tasks.value()]).toEqual(['resolved', { t1: 'running', t2: 'pending' }]);
  });

  it('does not apply an event from before the request over its answer', () => {
    played.answer({});
    played.update('t1', 'running');
    tasks.reload();
    played.answer({ t1: 'completed' });
    tick(FRAME);

    expect(tasks.value()).toEqual({ t1: 'completed' });
  });

  it('takes the answer of the newest load alone, and aborts the others', () => {
    tasks.reload();
    played.loads[0]?.next({ t1: 'old' });
    played.loads[1]?.next({ t1: 'new' });
    played.loads[0]?.next({ t1: 'old' });

    expect(tasks.value()).toEqual({ t1: 'new' });
    expect(played.aborts[0]?.aborted).toBeTrue();
  });

  it('leaves out a change that throws, hands the error on, and applies the others', () => {
    const failing = played.make({
      on: (on) => [
        on(taskUpdate, (known, { data }) => {
          if (data.status === 'odd') {
            throw new Error('odd');
          }
          return { ...known, [data.id]: data.status };
        }),
      ],
    });
    played.update('t1', 'odd');
    played.update('t2', 'running');
    played.answer({ t1: 'pending' });

    expect(failing.value()).toEqual({ t1: 'pending', t2: 'running' });
    expect(played.thrown).toEqual([new Error('odd')]);
  });

  it('is stale while there is no connection, and keeps its value', () => {
    played.answer({ t1: 'pending' });
    lastSocket().drop();

    expect([tasks.stale(), tasks.status(), tasks.value()]).toEqual([true, 'resolved', { t1: 'pending' }]);
  });

  it('ends with its injector', () => {
    TestBed.resetTestingModule();

    expect(played.aborts[0]?.aborted).toBeTrue();
  });

  describe('with a position in the answer', () => {
    it('applies exactly the events after it', () => {
      played.update('t1', 'contained', 1);
      played.update('t2', 'newer', 3);
      played.answer(atPosition({ t1: 'read', t2: 'read' }, { epoch: 'e', offset: 2 }));

      expect(tasks.value()).toEqual({ t1: 'read', t2: 'newer' });
    });

    it('leaves out an event that comes after the answer which has it', () => {
      played.answer(atPosition({ t1: 'read' }, { epoch: 'e', offset: 2 }));
      played.update('t1', 'contained', 1);
      tick(FRAME);

      expect(tasks.value()).toEqual({ t1: 'read' });
    });

    it('applies every event where the position is of another epoch', () => {
      played.answer(atPosition({ t1: 'read' }, { epoch: 'other', offset: 2 }));
      played.update('t1', 'running', 1);
      tick(FRAME);

      expect(tasks.value()).toEqual({ t1: 'running' });
    });

    it('applies events that have no offset', () => {
      played.answer(atPosition({ t1: 'read' }, { epoch: 'e', offset: 2 }));
      played.update('t1', 'running');
      tick(FRAME);

      expect(tasks.value()).toEqual({ t1: 'running' });
    });
  });

  describe('with params', () => {
    const id = signal<string | undefined>(undefined);
    const other = signal(0);

    beforeEach(() => {
      id.set(undefined);
      played = new PlayedResource(withRecovery());
      played.connect();
      tasks = played.make({ params: () => (other() >= 0 ? id() : undefined) });
      TestBed.tick();
    });

    const open = (session: string): void => {
      id.set(session);
      TestBed.tick();
    };

    it('is idle while they are undefined, and cannot be reloaded', () => {
      expect([tasks.status(), tasks.reload(), played.loads.length]).toEqual(['idle', false, 0]);
    });

    it('forgets the value when they change, and aborts what was under way', () => {
      open('s1');
      played.answer({ t1: 'pending' });
      tasks.reload();
      open('s2');

      expect([tasks.status(), tasks.value(), played.loads.length]).toEqual(['loading', undefined, 3]);
      expect(played.aborts[1]?.aborted).toBeTrue();
    });

    it('stays as it is while they have the same value', () => {
      open('s1');
      played.answer({ t1: 'pending' });
      other.set(1);
      TestBed.tick();

      expect([tasks.value(), played.loads.length]).toEqual([{ t1: 'pending' }, 1]);
    });

    it('takes no event of before into what is read now', () => {
      open('s1');
      played.answer({});
      played.update('t1', 'running');
      open('s2');
      played.answer({ t2: 'pending' });
      tick(FRAME);

      expect(tasks.value()).toEqual({ t2: 'pending' });
    });
  });

  describe('in an application with zone.js', () => {
    useFakeZones();

    it('takes events without a round of change detection for each', () => {
      const zone = new CountingZone();
      const zoned = new PlayedResource(withRecovery());
      TestBed.overrideProvider(NgZone, { useValue: zone });
      zoned.connect();
      const read = zone.run(() => zoned.make());
      zoned.answer({});
      zone.entered = 0;
      zoned.update('t1', 'pending');
      zoned.update('t1', 'running');
      tick(FRAME);

      expect(read.value()).toEqual({ t1: 'running' });
      expect(zone.entered).toBe(0);
    });
  });
});
