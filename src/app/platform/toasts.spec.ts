import { TestBed } from '@angular/core/testing';
import { type ToastOptions, type Toasts, TOASTS } from './toasts';

describe('Toasts', () => {
  let toasts: Toasts;

  beforeEach(() => {
    jasmine.clock().install();
    toasts = TestBed.inject(TOASTS);
  });
  afterEach(() => {
    jasmine.clock().uninstall();
    TestBed.resetTestingModule();
  });

  /** The messages on the screen or waiting for it, oldest first, once so many milliseconds have passed. */
  const shownAfter = (milliseconds: number): string[] => {
    jasmine.clock().tick(milliseconds);
    TestBed.tick();
    return Array.from(document.querySelectorAll('.ngx-toastr [role=alert]')).map((message) =>
      message.textContent.trim(),
    );
  };
  const completed: ToastOptions = { joined: { kind: 'completed', message: (count) => `${count} completed` } };

  it('show what they are given, with what it is about', () => {
    toasts.success('Completed: Outline', { about: 'The Tide' });

    expect(shownAfter(1)).toEqual(['Completed: Outline']);
    expect(document.querySelector('.toast-title')?.textContent.trim()).toBe('The Tide');
  });

  it('go by themselves', () => {
    toasts.success('Completed: Outline');
    shownAfter(1);

    expect(shownAfter(10_000)).toEqual([]);
  });

  it('join a burst of one kind in one toast that counts it', () => {
    for (let task = 1; task <= 25; task += 1) {
      toasts.success(`Completed: ${task}`, completed);
    }

    expect(shownAfter(1)).toEqual(['25 completed']);
  });

  it('leave nothing behind a burst for later', () => {
    for (let task = 1; task <= 25; task += 1) {
      toasts.success(`Completed: ${task}`, completed);
      toasts.error(`Failed: ${task}`);
    }
    shownAfter(1);

    expect(shownAfter(10_000)).toEqual([]);
  });

  it('begin to count again once the earlier one is gone', () => {
    toasts.success('Completed: Outline', completed);
    shownAfter(1);
    shownAfter(10_000);
    toasts.success('Completed: World', completed);

    expect(shownAfter(1)).toEqual(['Completed: World']);
  });

  it('are three at most: the oldest makes room', () => {
    ['a', 'b', 'c', 'd'].forEach((message) => toasts.error(message));

    expect(shownAfter(1)).toEqual(['b', 'c', 'd']);
  });

  it('say the same thing once', () => {
    toasts.error('No connection');
    toasts.error('No connection');

    expect(shownAfter(1)).toEqual(['No connection']);
  });

  it('keep an error longer than good news', () => {
    toasts.error('Refused');
    toasts.success('Completed: Outline');
    shownAfter(1);

    expect(shownAfter(6_000)).toEqual(['Refused']);
  });
});
