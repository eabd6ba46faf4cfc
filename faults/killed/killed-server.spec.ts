import type { StreamPosition } from '@creative-autogpt/protocol';
import { ResumingClient } from '../cluster/resuming-client';
import { isCompleted, snapshotOf } from '../cluster/server-state';
import { startSessions, killInTurn } from '../cluster/turmoil';
import { SeededRandom } from '../seeded-random';
import { RealServer } from '../servers/real-server';
import { SmallDisk } from '../servers/small-disk';
import { SEED, SHORT } from '../settings';
import { until } from '../storms/until';
import { ServerOnSmallDisk } from './server-on-small-disk';

const KILLS = SHORT ? 8 : 100;
/** Time (ms) from the start of the server until it is killed: it is always in the middle of something. */
const UP_MS = [20, 500] as const;
const DOWN_MS = [0, 50] as const;
/** Megabytes of its disk, which holds what is written in all of the run. */
const DISK_MEGABYTES = 128;
const SESSION_EVERY_MS = 400;
/** A task takes about a third of a second. */
const CHARACTERS_PER_SECOND = 4000;
const PATIENCE_MS = 120_000;

describe(`a server killed ${KILLS} times while it writes, on a disk that is full at times, by seed ${SEED}`, () => {
  let server: RealServer;
  let disk: SmallDisk | undefined;
  const clients: ResumingClient[] = [];

  beforeAll(async () => {
    disk = SmallDisk.mount(DISK_MEGABYTES);
    if (disk === undefined) {
      process.stdout.write('\nNo disk can be mounted here (that takes root): it is never full.\n');
    }
    server = await RealServer.open({
      ...(disk && { DATA_DIR: disk.path }),
      AUTHOR_CHARS_PER_SECOND: String(CHARACTERS_PER_SECOND),
      LOG_LEVEL: 'fatal',
    });
  }, 60_000);

  afterAll(async () => {
    clients.forEach((client) => {
      client.close();
    });
    await server.dispose();
    disk?.unmount();
  });

  it('loses nothing that it announced, gives no offset twice, and completes no task twice', async () => {
    const open = (from?: StreamPosition): ResumingClient => {
      const client = new ResumingClient({ next: () => server.url }, from);
      clients.push(client);
      return client;
    };
    const follower = open();
    await until(() => follower.offset >= 0);

    let kills = 0;
    const isOver = (): boolean => kills === KILLS;
    const sessions = startSessions([server], SESSION_EVERY_MS, isOver);
    const random = new SeededRandom(SEED);
    const victim = disk && new ServerOnSmallDisk(server, disk, random);
    await killInTurn([victim ?? server], random, { upMs: UP_MS, downMs: DOWN_MS }, () => {
      kills += 1;
      return isOver();
    });
    const started = await sessions;
    await until(async () => {
      const state = await snapshotOf(server.url);
      return started.every((id) => isCompleted(state.get(`session ${id}`)));
    }, PATIENCE_MS);
    const newest = await server.offset();
    await until(() => follower.offset === newest, PATIENCE_MS);

    const reader = open(follower.beginning);
    await until(() => reader.offset === newest, PATIENCE_MS);
    const { fillings, refusals } = victim?.report ?? { fillings: 0, refusals: 0 };
    process.stdout.write(
      `\n${KILLS} kills, ${fillings} times a full disk, ${started.length} sessions, ${newest} events\n`,
    );
    const state = await snapshotOf(server.url);
    expect(started.length).toBeGreaterThan(0);
    expect(refusals > 0)
      .withContext('a full disk refuses sessions')
      .toBe(fillings > 0);
    expect(follower.report).toEqual(jasmine.objectContaining({ outOfOrder: 0, gaps: 0 }));
    expect(Array.from(follower.events).filter(([offset, event]) => reader.events.get(offset) !== event))
      .withContext('events that were announced, and are others in the journal or none')
      .toEqual([]);
    expect(new Map(Array.from(follower.state).sort())).toEqual(new Map(Array.from(state).sort()));
    expect(Array.from(follower.completions.values()).filter((times) => times !== 1))
      .withContext('tasks completed more than once')
      .toEqual([]);
  }, 900_000);
});
