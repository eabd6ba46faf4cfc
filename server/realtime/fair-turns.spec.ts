import fc from 'fast-check';
import { FairTurns } from './fair-turns';

/** Time (ms) that an owner's connections have together at once, besides what each has for itself. */
const OWNER_MS = 1000;
const CONNECTION_MS = 10;

describe('FairTurns', () => {
  let now: number;
  let turns: FairTurns;
  /** Whose turns there were, in order. */
  let served: string[];

  beforeEach(() => {
    now = 1000;
    spyOn(performance, 'now').and.callFake(() => now);
    jasmine.clock().install();
    turns = new FairTurns();
    served = [];
  });
  afterEach(() => {
    jasmine.clock().uninstall();
  });

  const connections = new Map<string, object>();
  const connection = (name: string): object => {
    const known = connections.get(name) ?? {};
    connections.set(name, known);
    return known;
  };
  beforeEach(() => {
    connections.clear();
  });

  /** Takes a turn, and works in it for so long. @param name such as `ada/1`: the owner and the connection */
  const work = async (name: string, ms: number, isBegun = false): Promise<void> => {
    const into = served;
    await turns.take(name.split('/')[0] ?? '', connection(name), isBegun);
    // What is left over of one spec does not count in the next.
    if (into === served) {
      served.push(name);
      now += ms;
    }
  };
  const ask = (name: string, ms: number, times = 1): void => {
    for (let time = 0; time < times; time += 1) {
      void work(name, ms);
    }
  };
  /** The event loop comes round so many times. */
  const rounds = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round += 1) {
      await new Promise(setImmediate);
    }
  };
  const pass = async (ms: number): Promise<void> => {
    now += ms;
    jasmine.clock().tick(ms);
    await rounds(2);
  };
  const countOf = (owner: string): number => served.filter((name) => name.startsWith(`${owner}/`)).length;
  /** Has a connection, and its owner, pay for more than they have. There is somebody else, too. */
  const useUp = async (name: string): Promise<void> => {
    const owner = name.split('/')[0] ?? '';
    turns.charge(owner, connection(name), CONNECTION_MS + 1);
    turns.charge(owner, connection(name), OWNER_MS + 1);
    ask('somebody/1', 0);
    await rounds(3);
    served.length = 0;
  };

  it('serves who asks as soon as the event loop comes round', async () => {
    ask('ada/1', 1);
    await rounds(1);

    expect(served).toEqual(['ada/1']);
  });

  it('has no more turns than of some milliseconds until the event loop comes round', async () => {
    ask('ada/1', 3, 9);
    await rounds(1);

    expect(served).toHaveSize(1);
  });

  it('has many turns in a round that take next to nothing', async () => {
    ask('ada/1', 0, 50);
    await rounds(2);

    expect(served).toHaveSize(50);
  });

  it('goes round among owners, however much each of them asks for', async () => {
    ask('ada/1', 3, 100);
    ask('grace/1', 3);
    ask('mary/1', 3);
    await rounds(3);

    expect(served).toEqual(['ada/1', 'grace/1', 'mary/1']);
  });

  it('serves a connection in the order in which it asked', async () => {
    const order: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      void turns.take('ada', connection('ada/1')).then(() => order.push(index));
    }
    await rounds(2);

    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('delays a new connection by one turn at most, with 1,000 works waiting of the same owner', async () => {
    for (let index = 0; index < 100; index += 1) {
      ask(`ada/${index}`, 30, 10);
    }
    // By now each of them has used up what it has for itself.
    await rounds(300);
    expect(countOf('ada')).toBeGreaterThan(100);
    served.length = 0;
    ask('ada/new', 1);
    await rounds(2);

    expect(served.indexOf('ada/new')).toBeLessThanOrEqual(1);
    expect(served).toContain('ada/new');
  });

  it('lets an owner that has used up its time wait until there is some again', async () => {
    await useUp('ada/used up');
    ask('ada/used up', 5);
    await rounds(3);
    const atOnce = countOf('ada');
    ask('somebody/1', 0);
    await pass(40);

    expect([atOnce, countOf('ada')]).toEqual([0, 1]);
  });

  it('gives an owner a quarter of the time in the long run', async () => {
    await useUp('ada/used up');
    ask('ada/used up', 5, 10_000);
    const begun = now;
    while (now - begun < 10_000) {
      ask('somebody/1', 0);
      await pass(10);
    }
    const share = (countOf('ada') * 5) / (now - begun);

    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
  });

  it('does not hold back an owner that is alone', async () => {
    await useUp('ada/used up');
    await pass(1001);
    ask('ada/used up', 5, 400);
    await rounds(500);

    expect(countOf('ada')).toBe(400);
  });

  it('has a connection and its owner pay for what was done without a turn', async () => {
    await useUp('ada/1');
    ask('ada/1', 1);
    ask('ada/2', 1);
    ask('somebody/1', 0);
    await rounds(3);

    expect(served).toEqual(['ada/2', 'somebody/1']);
  });

  it('goes on with what is begun before it begins something else of the same owner', async () => {
    turns.charge('ada', connection('ada/1'), CONNECTION_MS + 1);
    turns.charge('ada', connection('ada/2'), CONNECTION_MS + 1);
    ask('ada/1', 3, 3);
    void work('ada/2', 3, true);
    await rounds(1);

    expect(served).toEqual(['ada/2']);
  });

  it('serves everybody in the end, and between two turns of one owner every other that waits', async () => {
    const asked = fc.record({
      owner: fc.constantFrom('ada', 'grace', 'mary', 'joan'),
      connection: fc.nat({ max: 3 }),
      ms: fc.constantFrom(0, 1, 3, 7, 20),
      pause: fc.nat({ max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 60 }), async (all) => {
        turns = new FairTurns();
        connections.clear();
        served = [];
        const waiting: { readonly owner: string; readonly since: number }[] = [];
        const works = all.map(async ({ owner, connection: index, ms }) => {
          const wait = { owner, since: served.length };
          waiting.push(wait);
          await work(`${owner}/${index}`, ms);
          const between = served.slice(wait.since, -1).map((name) => name.split('/')[0]);
          const others = between.filter((other) => other !== owner);
          const ownTurns = between.length - others.length;
          for (const other of new Set(others)) {
            expect(others.filter((name) => name === other).length).toBeLessThanOrEqual(ownTurns + 1);
          }
        });
        await rounds(200);
        await Promise.all(works);

        expect(served).toHaveSize(all.length);
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});
