import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { NEXT_FRAME, perFrame } from './per-frame';
import { FakeFrames } from './testing/fake-frames';

describe('perFrame', () => {
  const setUp = () => {
    const frames = new FakeFrames();
    const source = new Subject<number>();
    const lists: (readonly number[])[] = [];
    const subscription = source.pipe(perFrame(frames.next)).subscribe((list) => lists.push(list));
    return { frames, source, lists, subscription };
  };

  it('folds a burst into one list, in order', () => {
    const { frames, source, lists } = setUp();
    [1, 2, 3].forEach((value) => source.next(value));
    expect(lists).toEqual([]);

    frames.draw();

    expect(lists).toEqual([[1, 2, 3]]);
  });

  it('begins a new list after each frame', () => {
    const { frames, source, lists } = setUp();
    source.next(1);
    frames.draw();
    source.next(2);
    frames.draw();

    expect(lists).toEqual([[1], [2]]);
  });

  it('asks for no frame while nothing arrives', () => {
    const { frames } = setUp();

    expect(frames.pending).toBe(0);
  });

  it('emits what is left when the source completes', () => {
    const { frames, source, lists } = setUp();
    source.next(1);
    source.complete();
    frames.draw();

    expect(lists).toEqual([[1]]);
  });

  it('takes the frame back when nobody listens any more', () => {
    const { frames, source, subscription } = setUp();
    source.next(1);
    subscription.unsubscribe();

    expect(frames.pending).toBe(0);
  });
});

describe('NEXT_FRAME', () => {
  it('calls back without a frame in a page that draws none', () => {
    jasmine.clock().install();
    spyOn(window, 'requestAnimationFrame').and.returnValue(1);
    const callback = jasmine.createSpy('callback');

    TestBed.inject(NEXT_FRAME)(callback);
    jasmine.clock().tick(1_000);
    jasmine.clock().uninstall();

    expect(callback).toHaveBeenCalledTimes(1);
  });
});
