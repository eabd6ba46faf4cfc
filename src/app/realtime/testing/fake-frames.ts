import type { FrameScheduler } from '@creative-autogpt/realtime';

/** Animation frames that are drawn when the spec says so. */
export class FakeFrames {
  private readonly waiting = new Set<() => void>();

  readonly next: FrameScheduler = (callback) => {
    const entry = (): void => callback();
    this.waiting.add(entry);
    return () => this.waiting.delete(entry);
  };

  /** How many callbacks the next frame has to call. */
  get pending(): number {
    return this.waiting.size;
  }

  draw(): void {
    const due = [...this.waiting];
    this.waiting.clear();
    due.forEach((callback) => callback());
  }
}
