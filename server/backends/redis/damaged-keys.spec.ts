import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Backend } from '../../ports/backend';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { NOVEL, OUTCOME, PLAN } from '../../testing/sample-work';
import { openClustered } from './clustered-backend';
import { type OwnerKeys, RedisKeys } from './redis-keys';

const ADA = 'ada';
const FIRST_PAGE = { page: 1, pageSize: 9 };

describe('A Redis in which a key is not what it should be', () => {
  let owned: OwnerKeys;
  let process: RedisProcess;
  let redis: Redis;
  let backend: Backend;
  let novel: string;
  let other: string;
  beforeAll(async () => {
    process = await RedisProcess.start();
    redis = new Redis(process.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await process.remove();
  });
  beforeEach(async () => {
    const prefix = `test-${randomUUID()}`;
    owned = new RedisKeys(prefix).of(ADA);
    backend = await openClustered(process.url, new RecordedLog(), { prefix });
    novel = await run();
    other = await run();
  });
  afterEach(() => backend.close());

  const store = () => backend.stores.of(ADA);
  const run = async (): Promise<string> => {
    const { id } = await store().createSession(NOVEL);
    await store().change(id, (work) => {
      work.plan(PLAN);
      work.start();
      const first = work.tasks[0]?.task_id ?? '';
      work.begin(first, { retry: false, rewrite: false });
      work.finish(first, OUTCOME);
    });
    return id;
  };
  const replaceByString = async (key: string): Promise<void> => {
    await redis.multi().del(key).set(key, 'damaged').exec();
  };

  it('shows a session of another type as damaged beside the others, and deletes it', async () => {
    await replaceByString(owned.session(novel));
    const { items } = await store().listSessions(FIRST_PAGE);

    expect(items.map(({ id, damaged }) => [id, damaged])).toEqual([
      [other, false],
      [novel, true],
    ]);
    expect((await store().findSession(novel)).damaged).toBeTrue();
    expect((await store().listTasks(FIRST_PAGE)).items.map(({ damaged }) => damaged)).toContain(true);

    await store().deleteSession(novel);

    expect((await store().listSessions(FIRST_PAGE)).items.map(({ id }) => id)).toEqual([other]);
  });

  it('shows a session without its texts where these are of another type', async () => {
    await replaceByString(owned.texts(novel));

    expect((await store().tasksOf(novel)).map(({ result }) => result)).toEqual([null, null]);
  });

  it('shows a task without its text where the texts are of another type', async () => {
    const [first] = await store().tasksOf(novel);
    await replaceByString(owned.texts(novel));

    expect((await store().findTask(first?.task_id ?? '')).result).toBeNull();
  });
});
