import { createEnvironmentInjector, EnvironmentInjector, NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { timer } from 'rxjs';
import { tick } from '../../spec-support/client';
import { setClock, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { CountingZone, useFakeZones } from '../../spec-support/fake-zone';
import { schedulerOutsideAngular } from '../zones/caller-zone';
import { clockTime, REALTIME_SCHEDULER } from './realtime-scheduler';

const DAY = 86_400_000;

describe('REALTIME_SCHEDULER', () => {
  useFakeBrowser();

  const scheduler = () => TestBed.inject(REALTIME_SCHEDULER);
  /** Lets days pass, one after the other. */
  const pass = (days: number): void => {
    for (let day = 0; day < days; day += 1) {
      tick(DAY);
    }
  };
  /** How often it has emitted. @param period below 0 for once */
  const countOf = (due: number, period = -1): (() => number) => {
    let count = 0;
    timer(due, period, scheduler()).subscribe(() => (count += 1));
    return () => count;
  };

  it('waits for longer than a timer of the browser can', () => {
    const count = countOf(60 * DAY);
    pass(59);
    expect(count()).toBe(0);
    pass(1);

    expect(count()).toBe(1);
  });

  it('never does what is due after Infinity', () => {
    const count = countOf(Infinity);
    pass(200);

    expect(count()).toBe(0);
  });

  it('repeats at intervals that are longer than a timer of the browser', () => {
    const count = countOf(0, 30 * DAY);
    tick(0);
    pass(29);
    expect(count()).toBe(1);
    pass(31);

    expect(count()).toBe(3);
  });

  it('repeats at short intervals', () => {
    const count = countOf(1_000, 2_000);
    tick(9_000);

    expect(count()).toBe(5);
  });

  it('does nothing any more once it is unsubscribed, however long it had to wait', () => {
    let isDone = false;
    const later = timer(60 * DAY, scheduler()).subscribe(() => (isDone = true));
    pass(30);
    later.unsubscribe();
    pass(60);

    expect(isDone).toBeFalse();
  });

  for (const by of [-3_600_000, 3_600_000]) {
    it(`measures time by a clock that goes on evenly when that of the device is set by ${by} ms`, () => {
      const began = scheduler().now();
      tick(1_000);
      setClock(by);
      tick(500);

      expect(scheduler().now() - began).toBe(1_500);
    });

    it(`tells people and others the time of the device, also when that is set by ${by} ms`, () => {
      const began = clockTime(scheduler());
      setClock(by);

      expect(clockTime(scheduler()) - began).toBe(by);
    });
  }

  describe('beside timers outside of the Angular zone', () => {
    useFakeZones();

    it('tells people and others the time of the device too', () => {
      const client = createEnvironmentInjector(
        [
          { provide: NgZone, useClass: CountingZone },
          { provide: REALTIME_SCHEDULER, useFactory: schedulerOutsideAngular },
        ],
        TestBed.inject(EnvironmentInjector),
      );
      const outside = client.get(REALTIME_SCHEDULER);
      const began = clockTime(outside);
      setClock(DAY);

      expect(clockTime(outside) - began).toBe(DAY);
    });
  });
});
