import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import Database from 'libsql';
import * as v from 'valibot';
import type { Backend } from '../ports/backend';
import { openClustered } from '../backends/redis/clustered-backend';
import { openEmbedded } from '../backends/embedded/embedded-backend';
import { totalsOf } from '../backends/embedded/owner-totals';
import { SqlDatabase } from '../backends/embedded/sql-database';
import { RedisKeys } from '../backends/redis/redis-keys';
import type { StoresOptions } from '../backends/stores-options';
import { RecordedLog } from './recorded-log';
import { RedisProcess } from './redis-process';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';

/** Text that is stored somewhere. */
export type StoredText =
  | { readonly of: 'session'; readonly owner: string; readonly sessionId: string }
  | { readonly of: 'task'; readonly owner: string; readonly sessionId: string; readonly taskId: string }
  | { readonly of: 'event'; readonly owner: string; readonly offset: number }
  | { readonly of: 'answer'; readonly owner: string; readonly id: string };

/** What an owner takes, as it is kept. */
export interface KeptTotals {
  readonly workBytes: number;
  readonly journalBytes: number;
  readonly answerBytes: number;
}

/** Where the state of one test is: whatever opens it finds what was left there. */
export interface Place {
  open(options?: StoresOptions): Promise<Backend>;
  /** Changes what is stored behind the back of whoever has the place open, as damage to a disk does. */
  rewrite(what: StoredText, change: (stored: string) => string): Promise<void>;
  totals(owner: string): Promise<KeptTotals>;
  /** Has the next opening count the totals of an owner anew. */
  forgetTotals(owner: string): Promise<void>;
  remove(): Promise<void>;
}

/** One of the ways in which a server can keep its state. */
export interface BackendKind {
  readonly name: string;
  /** A new place, with nothing in it. */
  makePlace(): Promise<Place>;
}

/**
 * Time (ms) after which the runs of a process that is gone are taken up by others: short, for tests that wait
 * for it.
 */
const LOCK_MS = 1000;

export const EMBEDDED: BackendKind = {
  name: 'embedded',
  makePlace: () => {
    const directory = makeScratchDirectory();
    return Promise.resolve({
      open: (options) => Promise.resolve(openEmbedded(directory, options)),
      rewrite: (what, change) => {
        const database = new Database(join(directory, 'creative-autogpt.db'));
        rewriteRow(database, what, change);
        database.close();
        return Promise.resolve();
      },
      totals: (owner) => {
        const database = new SqlDatabase(join(directory, 'creative-autogpt.db'));
        const totals = totalsOf(database, owner);
        database.close();
        return Promise.resolve(totals);
      },
      // Each opening counts them anew.
      forgetTotals: () => Promise.resolve(),
      remove: () => {
        removeScratchDirectory(directory);
        return Promise.resolve();
      },
    });
  },
};

/** All places are in one Redis, each under names of its own. */
export const CLUSTERED: BackendKind = {
  name: 'clustered',
  makePlace: async () => {
    const { url } = await sharedRedis();
    const prefix = `test-${randomUUID()}`;
    return {
      open: (options) =>
        openClustered(url, options?.log ?? new RecordedLog(), { ...options, prefix, lockDuration: LOCK_MS }),
      rewrite: async (what, change) => {
        const redis = new Redis(url);
        await rewriteKey(redis, new RedisKeys(prefix), what, change);
        redis.disconnect();
      },
      totals: async (owner) => {
        const redis = new Redis(url);
        const totals = v.parse(RedisTotals, await redis.hgetall(new RedisKeys(prefix).of(owner).totals));
        redis.disconnect();
        return totals;
      },
      forgetTotals: async (owner) => {
        const redis = new Redis(url);
        const keys = new RedisKeys(prefix);
        await redis.del(keys.of(owner).totals);
        await redis.hdel(keys.epoch, 'totals');
        redis.disconnect();
      },
      remove: () => Promise.resolve(),
    };
  },
};

const RedisTotals = v.pipe(
  v.record(v.string(), v.string()),
  v.transform((fields) => ({
    workBytes: Number(fields['work_bytes'] ?? 0),
    journalBytes: Number(fields['journal_bytes'] ?? 0),
    answerBytes: Number(fields['answer_bytes'] ?? 0),
  })),
);

const KINDS: readonly BackendKind[] = [EMBEDDED, CLUSTERED];

/** Declares the same specs for each way of keeping state: what a server promises does not depend on it. */
export function describeOnEachBackend(what: string, specs: (kind: BackendKind) => void): void {
  for (const kind of KINDS) {
    describe(`${what} (${kind.name})`, () => {
      specs(kind);
    });
  }
}

let shared: Promise<RedisProcess> | undefined;

function sharedRedis(): Promise<RedisProcess> {
  shared ??= RedisProcess.start();
  return shared;
}

afterAll(async () => {
  await (await shared)?.remove();
  shared = undefined;
});

function rewriteRow(database: Database.Database, what: StoredText, change: (stored: string) => string): void {
  const [table, column, where] = rowOf(what);
  const row: unknown = database.prepare(`SELECT ${column} AS stored FROM ${table} WHERE ${where}`).all()[0];
  const { stored } = v.parse(v.object({ stored: v.string() }), row);
  database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(change(stored));
}

function rowOf(what: StoredText): readonly [table: string, column: string, where: string] {
  switch (what.of) {
    case 'session':
      return ['sessions', 'record', `id = '${what.sessionId}'`];
    case 'task':
      return ['tasks', 'record', `task_id = '${what.taskId}'`];
    case 'event':
      return ['journal', 'event', `owner = '${what.owner}' AND "offset" = ${what.offset}`];
    case 'answer':
      return ['command_answers', 'answer', `owner = '${what.owner}' AND id = '${what.id}'`];
  }
}

async function rewriteKey(
  redis: Redis,
  keys: RedisKeys,
  what: StoredText,
  change: (stored: string) => string,
): Promise<void> {
  const owned = keys.of(what.owner);
  switch (what.of) {
    case 'session':
    case 'task': {
      const key = owned.session(what.sessionId);
      const field = what.of === 'task' ? what.taskId : 'record';
      await redis.hset(key, field, change((await redis.hget(key, field)) ?? ''));
      return;
    }
    case 'event': {
      // The entries of a stream do not change: all of them are made again.
      const entries = await redis.xrange(owned.journal, '-', '+');
      await redis.del(owned.journal);
      for (const [id, fields] of entries) {
        const isMeant = id === `${what.offset}-0`;
        const written = fields.map((field, index) => (isMeant && index === 3 ? change(field) : field));
        await redis.xadd(owned.journal, id, ...written);
      }
      return;
    }
    case 'answer': {
      const key = owned.answer(what.id);
      await redis.set(key, change((await redis.get(key)) ?? ''));
    }
  }
}
