import { randomUUID } from 'node:crypto';
import { connectRedis } from './redis-connection';
import { RedisKeys } from './redis-keys';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { withDefaults } from '../stores-options';
import { sessionDeleted } from '../../domain/session-events';
import { RedisHistory } from './redis-history';
import { JournalScripts } from './journal-scripts';
import { type Commit, RedisCommits } from './redis-commit';
import { RedisJournal } from './redis-journal';

const OWNER = 'ada';
const DELETED: Omit<Commit, 'epoch'> = {
  sessionId: 'session-1',
  version: undefined,
  writes: [['SET', 'told', '1']],
  events: [sessionDeleted('session-1')],
  now: '2026-11-22T13:00:00.000Z',
};

describe('RedisCommits', () => {
  let redisProcess: RedisProcess;
  let redis: ReturnType<typeof connectRedis>;
  let scripts: JournalScripts;
  let commits: RedisCommits;
  let journal: RedisJournal;
  let deadline: number;
  let epoch: string;

  beforeAll(async () => {
    redisProcess = await RedisProcess.start();
    redis = connectRedis(redisProcess.url, new RecordedLog());
  });
  beforeEach(async () => {
    const keys = new RedisKeys(randomUUID());
    const owned = keys.of(OWNER);
    scripts = new JournalScripts(redis, keys, new RedisHistory(redis, keys, new RecordedLog()));
    commits = new RedisCommits(scripts, keys, {
      ...withDefaults({}),
      owner: OWNER,
      owned,
      processId: 'process-1',
    });
    deadline = performance.now() + 10_000;
    journal = new RedisJournal(scripts, owned);
    ({ epoch } = await journal.bounds());
  });
  afterAll(async () => {
    redis.disconnect();
    await redisProcess.remove();
  });

  it('does a commit once whose answer was lost and which is sent again', async () => {
    const run = scripts.commit.bind(scripts);
    const sent = spyOn(scripts, 'commit').and.callFake(async (...script) => {
      const answer = await run(...script);
      if (sent.calls.count() === 1) {
        throw new Error('Connection is closed.');
      }
      return answer;
    });

    expect(await commits.commit({ ...DELETED, epoch }, deadline)).toEqual({ offset: 1 });
    expect(sent).toHaveBeenCalledTimes(2);
    expect((await journal.after(0, 10)).map(({ offset }) => offset)).toEqual([1]);
  });

  it('refuses what was worked out from another state of the session', async () => {
    expect(await commits.commit({ ...DELETED, epoch, version: '7' }, deadline)).toEqual({
      refused: 'other version',
    });
    expect(await journal.after(0, 10)).toEqual([]);
  });

  it('appends where it left off, each event under the next offset', async () => {
    await commits.commit({ ...DELETED, epoch }, deadline);
    await commits.commit({ ...DELETED, epoch, events: [...DELETED.events, ...DELETED.events] }, deadline);

    expect((await journal.after(1, 10)).map(({ offset }) => offset)).toEqual([2, 3]);
  });

  it('refuses what was worked out in another epoch', async () => {
    expect(await commits.commit({ ...DELETED, epoch: 'another' }, deadline)).toEqual({
      refused: 'other version',
    });
    expect(await journal.after(0, 10)).toEqual([]);
  });

  it('writes nothing at all where one of its names stands for something else', async () => {
    await redis.set('a-string', 'x');
    const writes: Commit['writes'] = [
      ['SET', 'written', '1'],
      ['HSET', 'a-string', 'field', 'value'],
    ];

    await expectAsync(commits.commit({ ...DELETED, epoch, writes }, deadline)).toBeRejectedWithError(
      /something else under a name/,
    );
    expect(await redis.get('written')).toBeNull();
  });

  it('is refused by a failure that will not pass, and not tried again', async () => {
    const wrong: Commit = { ...DELETED, epoch, writes: [['NO-SUCH-COMMAND', '1']] };

    await expectAsync(commits.commit(wrong, deadline)).toBeRejectedWithError(/[Uu]nknown/);
  });
});
