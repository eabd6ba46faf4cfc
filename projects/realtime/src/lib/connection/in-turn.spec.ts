import * as fc from 'fast-check';
import { lastValueFrom, of, Subject, toArray } from 'rxjs';
import { inTurn } from './in-turn';

/** A step that the spec finishes. */
class SlowStep {
  readonly #finishing = new Map<number, () => void>();

  readonly run = (value: number, emit: (value: number) => void): Promise<void> =>
    new Promise((resolve) => {
      this.#finishing.set(value, () => {
        emit(value);
        resolve();
      });
    });

  get running(): number[] {
    return [...this.#finishing.keys()];
  }

  async finish(value: number): Promise<void> {
    this.#finishing.get(value)?.();
    this.#finishing.delete(value);
    // The next step begins in a microtask.
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe('inTurn', () => {
  let source: Subject<number>;
  let seen: (number | string)[];

  beforeEach(() => {
    source = new Subject();
    seen = [];
  });

  function follow(step: Parameters<typeof inTurn<number, number>>[0]): void {
    source.pipe(inTurn(step)).subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(String(error)),
      complete: () => seen.push('complete'),
    });
  }

  it('emits in the same turn what takes no time', () => {
    follow((value, emit) => {
      emit(value * 2);
      return undefined;
    });

    source.next(1);
    source.next(2);
    source.complete();

    expect(seen).toEqual([2, 4, 'complete']);
  });

  it('begins no step before the one ahead has finished', async () => {
    const step = new SlowStep();
    follow(step.run);
    source.next(1);
    source.next(2);

    expect(step.running).toEqual([1]);
    await step.finish(1);

    expect(step.running).toEqual([2]);
  });

  it('lets quick values wait behind a slow one', async () => {
    const step = new SlowStep();
    follow((value, emit) => {
      if (value === 1) {
        return step.run(value, emit);
      }
      emit(value);
      return undefined;
    });
    source.next(1);
    source.next(2);
    source.next(3);

    expect(seen).toEqual([]);
    await step.finish(1);
    await Promise.resolve();

    expect(seen).toEqual([1, 2, 3]);
  });

  it('completes after what waits', async () => {
    const step = new SlowStep();
    follow(step.run);
    source.next(1);
    source.complete();

    expect(seen).toEqual([]);
    await step.finish(1);

    expect(seen).toEqual([1, 'complete']);
  });

  it('passes an error on at once', () => {
    follow(new SlowStep().run);
    source.next(1);
    source.error(new Error('lost'));

    expect(seen).toEqual(['Error: lost']);
  });

  it('begins nothing more once unsubscribed', async () => {
    const step = new SlowStep();
    const subscription = source.pipe(inTurn(step.run)).subscribe();
    source.next(1);
    source.next(2);

    subscription.unsubscribe();
    await step.finish(1);

    expect(step.running).toEqual([]);
  });

  it('keeps the order, whichever steps take time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean()), async (slow) => {
        const emitted = of(...slow.keys()).pipe(
          inTurn<number, number>((value, emit) => {
            if (slow[value]) {
              return Promise.resolve().then(() => emit(value));
            }
            emit(value);
            return undefined;
          }),
          toArray(),
        );
        expect(await lastValueFrom(emitted, { defaultValue: [] })).toEqual([...slow.keys()]);
      }),
    );
  });
});
