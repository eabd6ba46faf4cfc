import { Inbox } from './inbox';

const KILOBYTE = 1024;

interface UnderWay {
  readonly name: string;
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

describe('Inbox', () => {
  let isRead: boolean;
  let begun: UnderWay[];
  let pace: () => Promise<void>;
  let failures: unknown[];
  let inbox: Inbox;

  beforeEach(() => {
    isRead = true;
    begun = [];
    failures = [];
    pace = () => Promise.resolve();
    const socket = {
      pause: () => (isRead = false),
      resume: () => (isRead = true),
    };
    inbox = new Inbox(
      socket,
      ({ bytes }) =>
        new Promise((resolve, reject) => {
          begun.push({ name: bytes.toString().trimEnd(), finish: resolve, fail: reject });
        }),
      () => pace(),
      (error) => failures.push(error),
    );
  });

  const receive = (name: string, length = name.length): void => {
    inbox.receive({ bytes: Buffer.from(name.padEnd(length)), isBinary: false });
  };
  const names = (): string[] => begun.map(({ name }) => name);
  /** Lets everything happen that waits for no answer and no pace. */
  const settle = (): Promise<void> => new Promise(setImmediate);
  const finish = async (index: number): Promise<void> => {
    begun[index]?.finish();
    await settle();
  };

  it('answers a frame at once', async () => {
    receive('a');
    await settle();

    expect(names()).toEqual(['a']);
  });

  it('begins no answer before the one to the frame before is complete', async () => {
    ['a', 'b', 'c'].forEach((name) => {
      receive(name);
    });
    await settle();
    const first = names();
    await finish(0);
    const second = names();
    await finish(1);

    expect([first, second, names()]).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
  });

  it('goes on with a frame that comes when all before are answered', async () => {
    receive('a');
    await settle();
    await finish(0);
    receive('b');
    await settle();

    expect(names()).toEqual(['a', 'b']);
  });

  it('waits for the pace before each answer', async () => {
    let goOn = (): void => undefined;
    pace = () => new Promise((resolve) => (goOn = resolve));
    receive('a');
    await settle();
    const before = names();
    goOn();
    await settle();

    expect([before, names()]).toEqual([[], ['a']]);
  });

  it('tells of an answer that fails', async () => {
    const failure = new Error('a bug');
    receive('a');
    await settle();
    begun[0]?.fail(failure);
    await settle();

    expect(failures).toEqual([failure]);
  });

  it('answers nothing after an answer that failed, neither what waits nor what comes', async () => {
    receive('a');
    receive('b');
    await settle();
    begun[0]?.fail(new Error('a bug'));
    await settle();
    receive('c');
    await settle();

    expect(names()).toEqual(['a']);
  });

  it('has the socket read on after an answer that failed, so that it can close', async () => {
    receive('a', 300 * KILOBYTE);
    const before = isRead;
    await settle();
    begun[0]?.fail(new Error('a bug'));
    await settle();

    expect([before, isRead]).toEqual([false, true]);
  });

  it('has nothing more read while too many wait, however short they are', () => {
    for (let count = 0; count < 10_000 && isRead; count += 1) {
      receive('');
    }

    expect(isRead).toBeFalse();
  });

  it('has nothing more read while too much waits', async () => {
    receive('a', 200 * KILOBYTE);
    const first = isRead;
    receive('b', 200 * KILOBYTE);
    const second = isRead;
    await settle();
    await finish(0);
    await finish(1);

    expect([first, second, isRead]).toEqual([true, false, true]);
    expect(names()).toEqual(['a', 'b']);
  });
});
