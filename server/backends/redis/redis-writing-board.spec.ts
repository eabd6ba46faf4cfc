import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { RedisBus } from './redis-bus';
import { connectRedis, connectRedisToWait } from './redis-connection';
import { type OwnerKeys, RedisKeys } from './redis-keys';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { RedisWritingBoard } from './redis-writing-board';
import type { Writing } from '../writing';
import type { NumberedChunk, WritingPlace } from '../../ports/writing-board';

const PLACE: WritingPlace = { owner: 'ada', sessionId: 'session-1', run: 1 };

describe('RedisWritingBoard', () => {
  let redisProcess: RedisProcess;
  let redis: Redis;
  let bus: RedisBus;
  let keys: RedisKeys;
  let owned: OwnerKeys;
  let log: RecordedLog;
  let board: RedisWritingBoard;
  let heard: NumberedChunk[];

  beforeAll(async () => {
    redisProcess = await RedisProcess.start();
  });
  beforeEach(async () => {
    log = new RecordedLog();
    redis = connectRedis(redisProcess.url, log);
    bus = new RedisBus(connectRedisToWait(redisProcess.url, log));
    keys = new RedisKeys(randomUUID());
    owned = keys.of(PLACE.owner);
    await redis.hset(owned.session(PLACE.sessionId), 'run', PLACE.run);
    board = new RedisWritingBoard(redis, bus, keys, log);
    heard = [];
    board.chunksOf(PLACE.owner).subscribe((chunk) => heard.push(chunk));
    await bus.listen(owned.chunks, () => undefined);
  });
  afterEach(() => {
    bus.close();
    redis.disconnect();
  });
  afterAll(async () => {
    await redisProcess.remove();
  });

  /** Adds one chunk, and waits until it is there or was lost. */
  async function write(writing: Writing, piece: string): Promise<void> {
    writing.append(piece);
    writing.finish();
    await redis.ping();
  }

  const textOf = async (): Promise<unknown> => (await board.textOf(PLACE.owner, PLACE.sessionId)).text;

  /** The chunks that were heard by now, each with its number. */
  async function chunks(): Promise<unknown[]> {
    const isAll = new Promise<void>((resolve) => {
      void bus.listen('end', () => {
        resolve();
      });
    });
    await bus.listen('end', () => undefined);
    await redis.publish('end', '');
    await isAll;
    return heard.map(({ number, chunk }) => [number, chunk.data.index, chunk.data.text]);
  }

  it('has no text where its place is damaged, and goes on with the next', async () => {
    await write(board.open(PLACE, 'task-1'), 'It was ');
    await redis.hset(owned.writing(PLACE.sessionId), 'index', 'x');
    const damaged = await textOf();
    await write(board.open(PLACE, 'task-1'), 'Once ');

    expect([damaged, await textOf()]).toEqual([null, { task_id: 'task-1', index: 1, text: 'Once ' }]);
  });

  it('S5: has the text of all chunks, and tells of each with its number', async () => {
    const writing = board.open(PLACE, 'task-1');
    await write(writing, 'It was ');
    await write(writing, 'a night.');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 2, text: 'It was a night.' });
    expect(await chunks()).toEqual([
      [1, 0, 'It was '],
      [2, 1, 'a night.'],
    ]);
  });

  it('S24: has nothing of a run that is over', async () => {
    await redis.hset(owned.session(PLACE.sessionId), 'run', PLACE.run + 1);
    await write(board.open(PLACE, 'task-1'), 'too late');

    expect(await textOf()).toBeNull();
    expect(await chunks()).toEqual([]);
  });

  it('adds a chunk once that is sent again because its answer was lost', async () => {
    const sending = spyOn(redis, 'eval').and.callThrough();
    const writing = board.open(PLACE, 'task-1');
    for (const piece of ['It was ', 'a night.']) {
      await write(writing, piece);
      await redis.eval(...sending.calls.mostRecent().args);
    }

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 2, text: 'It was a night.' });
    expect(await chunks()).toEqual([
      [1, 0, 'It was '],
      [2, 1, 'a night.'],
    ]);
  });

  it('has the whole text again with the next chunk after one that failed', async () => {
    const writing = board.open(PLACE, 'task-1');
    await write(writing, 'It ');
    const sending = spyOn(redis, 'eval').and.rejectWith(new Error('Command timed out'));
    await write(writing, 'was ');
    sending.and.callThrough();
    await write(writing, 'a night.');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 3, text: 'It was a night.' });
    expect(log.lines.map(({ message }) => message)).toEqual(['what is being written could not be told']);
  });

  it('has the whole text again with the next chunk after one that was written while Redis was away', async () => {
    const writing = board.open(PLACE, 'task-1');
    await write(writing, 'It ');
    redis.disconnect();
    await once(redis, 'end');
    writing.append('was ');
    writing.finish();
    await redis.connect();
    await write(writing, 'a night.');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 3, text: 'It was a night.' });
  });

  it('never has a text with a hole, though chunks were sent before it was known that one had failed', async () => {
    const writing = board.open(PLACE, 'task-1');
    await write(writing, 'It ');
    let fail: (error: Error) => void = () => undefined;
    const sending = spyOn(redis, 'eval').and.returnValue(
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
    );
    await write(writing, 'was ');
    sending.and.callThrough();
    await write(writing, 'a ');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 1, text: 'It ' });

    fail(new Error('Command timed out'));
    await write(writing, 'night.');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 4, text: 'It was a night.' });
    expect(await chunks()).toEqual([
      [1, 0, 'It '],
      [2, 3, 'night.'],
    ]);
  });

  it('has nothing of the attempt before, though the first chunk of this one was lost', async () => {
    await write(board.open(PLACE, 'task-1'), 'first ');
    const writing = board.open(PLACE, 'task-1');
    const sending = spyOn(redis, 'eval').and.rejectWith(new Error('Command timed out'));
    await write(writing, 'second ');
    sending.and.callThrough();
    await write(writing, 'attempt');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 2, text: 'second attempt' });
  });

  it('replaces the text of the attempt before by the first chunk of the next', async () => {
    await write(board.open(PLACE, 'task-1'), 'first');
    await write(board.open(PLACE, 'task-1'), 'second');

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 1, text: 'second' });
  });

  it('S24: does not let an older run take the text of a newer off', async () => {
    await redis.hset(owned.session(PLACE.sessionId), 'run', 2);
    await write(board.open({ ...PLACE, run: 2 }, 'task-1'), 'new');
    board.clear(PLACE);

    expect(await textOf()).toEqual({ task_id: 'task-1', index: 1, text: 'new' });
  });

  it('has no text any more that was taken off, and goes on numbering', async () => {
    await write(board.open(PLACE, 'task-1'), 'one');
    board.clear(PLACE);

    expect(await board.textOf(PLACE.owner, PLACE.sessionId)).toEqual({ text: null, number: 1 });
  });
});
