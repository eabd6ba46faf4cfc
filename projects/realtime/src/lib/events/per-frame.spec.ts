import * as fc from 'fast-check';
import { Subject } from 'rxjs';
import { perFrame, type PerFrameOptions } from './per-frame';

interface Item {
  readonly key: string;
  readonly value: number;
}

describe('perFrame', () => {
  let frames: FrameRequestCallback[];
  let conflated: number;
  let batches: (readonly Item[])[];

  beforeEach(() => {
    jasmine.clock().install();
    frames = [];
    conflated = 0;
    batches = [];
    spyOn(window, 'requestAnimationFrame').and.callFake((callback) => frames.push(callback));
    spyOn(window, 'cancelAnimationFrame').and.callFake((handle) => {
      frames[handle - 1] = () => undefined;
    });
  });

  afterEach(() => {
    jasmine.clock().uninstall();
  });

  function drawFrame(): void {
    const due = frames;
    frames = [];
    due.forEach((callback) => {
      callback(0);
    });
  }

  function collect(options: PerFrameOptions<Item> = {}): Subject<Item> {
    const source = new Subject<Item>();
    source.pipe(perFrame({ ...options, conflated: () => (conflated += 1) })).subscribe({
      next: (batch) => batches.push(batch),
      error: () => undefined,
    });
    return source;
  }

  function item(key: string, value: number): Item {
    return { key, value };
  }

  it('emits each message alone with a scheduler that calls back at once', () => {
    const source = collect({
      nextFrame: (callback) => {
        callback();
        return () => undefined;
      },
    });
    source.next(item('a', 1));
    source.next(item('a', 2));

    expect(batches).toEqual([[item('a', 1)], [item('a', 2)]]);
  });

  it('emits what arrived since the last frame, in order', () => {
    const source = collect();
    source.next(item('a', 1));
    source.next(item('a', 2));
    expect(batches).toEqual([]);
    drawFrame();

    expect(batches).toEqual([[item('a', 1), item('a', 2)]]);
  });

  it('asks for no frame while nothing arrives', () => {
    const source = collect();

    expect(source.observed).toBeTrue();
    expect(frames.length).toBe(0);
  });

  it('keeps the newest of each key and counts the others', () => {
    const source = collect({ conflate: ({ key }) => key });
    source.next(item('a', 1));
    source.next(item('b', 1));
    source.next(item('a', 2));
    drawFrame();

    expect(batches).toEqual([[item('a', 2), item('b', 1)]]);
    expect(conflated).toBe(1);
  });

  it('emits at once when the limit is reached, and loses nothing', () => {
    const source = collect({ limit: 2 });
    source.next(item('a', 1));
    source.next(item('b', 2));
    source.next(item('c', 3));
    drawFrame();

    expect(batches).toEqual([[item('a', 1), item('b', 2)], [item('c', 3)]]);
  });

  it('does not wait for a frame that never comes, as in a hidden tab', () => {
    const source = collect();
    source.next(item('a', 1));
    jasmine.clock().tick(250);

    expect(batches).toEqual([[item('a', 1)]]);
  });

  it('emits what waits before it completes', () => {
    const source = collect();
    source.next(item('a', 1));
    source.complete();

    expect(batches).toEqual([[item('a', 1)]]);
  });

  it('emits nothing after it was unsubscribed', () => {
    const source = new Subject<Item>();
    const subscription = source
      .pipe(perFrame<Item>())
      .subscribe({ next: (batch) => batches.push(batch), error: () => undefined });
    source.next(item('a', 1));
    subscription.unsubscribe();
    drawFrame();
    jasmine.clock().tick(1_000);

    expect(batches).toEqual([]);
  });

  it('emits as many as arrived, less those conflated, whatever the frames', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.constant(null)), { maxLength: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (schedule, limit) => {
          batches = [];
          conflated = 0;
          const source = collect({ conflate: ({ key }) => key, limit });
          let arrived = 0;
          for (const key of schedule) {
            if (key === null) {
              drawFrame();
            } else {
              arrived += 1;
              source.next(item(key, arrived));
            }
          }
          source.complete();
          return (
            batches.flat().length + conflated === arrived && batches.every(({ length }) => length <= limit)
          );
        },
      ),
    );
    expect().nothing();
  });
});
