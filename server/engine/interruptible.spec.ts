import { interruptible } from './interruptible';

describe('interruptible', () => {
  it('passes every item on', async () => {
    const items: number[] = [];
    for await (const item of interruptible(numbers(1, 2, 3), new AbortController().signal)) {
      items.push(item);
    }

    expect(items).toEqual([1, 2, 3]);
  });

  it('ends with the reason of the signal while the source is silent', async () => {
    const abort = new AbortController();
    const next = interruptible(silence(), abort.signal).next();
    abort.abort(new Error('enough'));

    await expectAsync(next).toBeRejectedWithError('enough');
  });

  it('asks a source for nothing once the signal has aborted', async () => {
    const source = numbers(1);

    await expectAsync(
      interruptible(source, AbortSignal.abort(new Error('enough'))).next(),
    ).toBeRejectedWithError('enough');
  });

  it('closes the source of a reader that leaves', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<number> {
      try {
        yield await Promise.resolve(1);
        yield 2;
      } finally {
        closed = true;
      }
    }
    for await (const item of interruptible(source(), new AbortController().signal)) {
      expect(item).toBe(1);
      break;
    }

    expect(closed).toBeTrue();
  });

  it('passes on what the source throws', async () => {
    const broken: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('broken')) }),
    };

    await expectAsync(interruptible(broken, new AbortController().signal).next()).toBeRejectedWithError(
      'broken',
    );
  });
});

async function* numbers(...items: number[]): AsyncGenerator<number> {
  for (const item of items) {
    yield await Promise.resolve(item);
  }
}

function silence(): AsyncIterable<number> {
  return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) };
}
