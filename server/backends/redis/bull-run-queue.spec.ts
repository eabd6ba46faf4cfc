import { connectRedisToWait } from './redis-connection';
import type { Launch } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { BullRunQueue } from './bull-run-queue';
import type { RunEnding } from '../../ports/run-queue';

const LAUNCH = { owner: 'ada', sessionId: 'session-1', launch: 1 };

describe('BullRunQueue', () => {
  let redis: RedisProcess;
  let queue: BullRunQueue;
  let log: RecordedLog;

  beforeEach(async () => {
    redis = await RedisProcess.start();
    log = new RecordedLog();
    queue = new BullRunQueue({
      connect: () => connectRedisToWait(redis.url, log),
      prefix: 'test',
      log,
      closingTime: 200,
    });
  });
  afterEach(async () => {
    await redis.remove();
  });

  it('drops a job that names no run, and goes on with the next', async () => {
    const ran = new Promise<Launch>((resolve) => {
      queue.serve((launch) => {
        resolve(launch);
        return Promise.resolve('over');
      });
    });
    const dropped = log.next('a job of the queue of runs is damaged and is dropped');
    await queue.add({ ...LAUNCH, launch: Number.NaN });

    expect((await dropped)?.details).toEqual({ job: 'session-1-NaN' });

    await queue.add(LAUNCH);

    expect(await ran).toEqual(LAUNCH);

    await queue.close();
  });

  it('keeps one stack of a run, however often it is interrupted', async () => {
    await queue.add(LAUNCH);
    const client = connectRedisToWait(redis.url, log);
    const stored = await client.hget('test:runs:session-1-1', 'opts');
    client.disconnect();
    await queue.close();

    expect(JSON.parse(stored ?? '')).toEqual(jasmine.objectContaining({ stackTraceLimit: 1 }));
  });

  it('closes in time while Redis is away, with a run that ends', async () => {
    let interrupt: (ending: RunEnding) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      queue.serve(() => {
        resolve();
        return new Promise((end) => (interrupt = end));
      });
    });
    await queue.add(LAUNCH);
    await begun;
    await redis.kill();
    interrupt('interrupted');

    await expectAsync(queue.close()).toBeResolved();
  });

  it('closes in time while Redis is away, with nothing to run', async () => {
    queue.serve(() => Promise.resolve('over'));
    await queue.add(LAUNCH);
    await redis.kill();

    await expectAsync(queue.close()).toBeResolved();
  });
});
