import type { Launch } from '../../ports/store';
import { LocalRunQueue } from './local-run-queue';
import type { RunEnding } from '../../ports/run-queue';

const LAUNCH: Launch = { owner: 'ada', sessionId: 'session-1', launch: 1 };

describe('LocalRunQueue', () => {
  let queue: LocalRunQueue;
  let begun: Launch[];
  let end: (ending: RunEnding) => void;
  beforeEach(() => {
    queue = new LocalRunQueue();
    begun = [];
    queue.serve((launch) => {
      begun.push(launch);
      return new Promise((resolve) => (end = resolve));
    });
  });

  it('runs what is added at once', async () => {
    await queue.add(LAUNCH);

    expect(begun).toEqual([LAUNCH]);
  });

  it('does not run the same launch twice at the same time', async () => {
    await queue.add(LAUNCH);
    await queue.add({ ...LAUNCH });

    expect(begun).toHaveSize(1);
  });

  it('runs another launch of a session beside one that has yet to end', async () => {
    await queue.add(LAUNCH);
    await queue.add({ ...LAUNCH, launch: 2 });

    expect(begun.map(({ launch }) => launch)).toEqual([1, 2]);
  });

  it('runs a launch again once it has ended', async () => {
    await queue.add(LAUNCH);
    end('interrupted');
    await new Promise(setImmediate);
    await queue.add(LAUNCH);

    expect(begun).toHaveSize(2);
  });

  it('is closed when what runs has ended', async () => {
    await queue.add(LAUNCH);
    let isClosed = false;
    const closed = queue.close().then(() => (isClosed = true));
    await new Promise(setImmediate);

    expect(isClosed).toBeFalse();
    end('interrupted');

    expect(await closed).toBeTrue();
  });

  it('runs nothing once it is closed', async () => {
    await queue.close();
    await queue.add(LAUNCH);

    expect(begun).toEqual([]);
  });
});
