import { pacedFrames } from './paced-frames';
import type { FrameScheduler } from './per-frame';

/** Milliseconds between two animation frames. */
const FRAME = 20;

describe('pacedFrames', () => {
  let now: number;
  let drawing: Map<number, FrameRequestCallback>;
  let handles: number;
  let nextFrame: FrameScheduler;
  let called: number[];

  beforeEach(() => {
    now = 0;
    drawing = new Map();
    handles = 0;
    called = [];
    jasmine.clock().install();
    spyOn(performance, 'now').and.callFake(() => now);
    spyOn(window, 'requestAnimationFrame').and.callFake((callback) => {
      handles += 1;
      drawing.set(handles, callback);
      return handles;
    });
    spyOn(window, 'cancelAnimationFrame').and.callFake((handle) => drawing.delete(handle));
    nextFrame = pacedFrames();
  });
  afterEach(() => {
    jasmine.clock().uninstall();
  });

  /** Draws frames, and lets the timers run that are due after each. */
  const draw = (frames: number): void => {
    for (let frame = 0; frame < frames; frame += 1) {
      const due = drawing;
      drawing = new Map();
      due.forEach((callback) => {
        callback(now);
      });
      jasmine.clock().tick(0);
      now += FRAME;
    }
  };
  /** A callback that keeps the page busy for `cost` ms, and says when it was called. */
  const busyFor = (cost: number) => (): void => {
    called.push(now);
    now += cost;
  };

  it('calls back at every frame as long as that is cheap', () => {
    for (let frame = 0; frame < 3; frame += 1) {
      nextFrame(busyFor(0));
      draw(1);
    }

    expect(called).toEqual([0, FRAME, 2 * FRAME]);
  });

  it('rests after an expensive frame, in proportion to what it cost', () => {
    nextFrame(busyFor(5));
    draw(1);
    nextFrame(busyFor(0));
    draw(3);

    // Measured at 5 ms, it rests for 40: the frames at 25 pass by, the one at 45 is the first after it.
    expect(called).toEqual([0, 45]);
  });

  it('rests for 100 ms at most', () => {
    nextFrame(busyFor(1_000));
    draw(1);
    nextFrame(busyFor(0));
    draw(10);

    expect(called).toEqual([0, 1_100]);
  });

  it('makes everybody rest who waits for its frames', () => {
    nextFrame(busyFor(5));
    nextFrame(busyFor(0));
    draw(1);
    nextFrame(busyFor(0));
    nextFrame(busyFor(0));
    draw(3);

    expect(called).toEqual([0, 5, 45, 45]);
  });

  it('calls nobody back who has taken it back, at rest or not', () => {
    nextFrame(busyFor(5))();
    draw(1);
    nextFrame(busyFor(5));
    draw(1);
    const undo = nextFrame(busyFor(0));
    draw(1);
    undo();
    draw(10);
    jasmine.clock().tick(1_000);

    expect(called).toEqual([FRAME]);
  });

  it('needs no frames, as in a hidden tab', () => {
    nextFrame(busyFor(0));
    jasmine.clock().tick(250);

    expect(called).toEqual([0]);
  });
});
