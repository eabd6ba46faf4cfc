import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking, isReply } from './redis-connection';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { TRIM_ANSWERS, TRIM_JOURNAL } from './drop-scripts';
import { COMMIT, READ, SESSIONS_PAGE, TASKS_PAGE } from './scripts';

/** Scripts that drop what need not be kept. */
export type TrimScript = 'trimJournal' | 'trimAnswers';

/** Scripts that only read. */
export type ReadScript = 'read' | 'sessionsPage' | 'tasksPage';

const ReadAnswer = v.tupleWithRest([v.string(), v.pipe(v.string(), v.transform(Number))], v.unknown());

/** What a script has read. */
export interface ReadAnswers {
  /** The stored epoch of all journals. */
  readonly epoch: string;
  /** Offset of the owner's newest event. */
  readonly offset: number;
  readonly answers: readonly unknown[];
}

interface Script {
  readonly text: string;
  readonly hash: string;
}

/**
 * The scripts that append to journals, and those that read positions in them. Redis forgets scripts when it
 * ends: a process that finds them gone knows that this Redis was started since. It checks the history before
 * it loads them, so that no process appends to a history that none has checked.
 */
export class JournalScripts {
  readonly #scripts: Readonly<Record<'commit' | TrimScript | ReadScript, Script>>;
  #checking: Promise<void> | undefined;

  /**
   * @param keys the names in Redis: servers that share a Redis have a history each, and so scripts of their
   *   own
   * @param checkHistory is called whenever Redis was started, before anything is written
   */
  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
    private readonly checkHistory: () => Promise<void>,
  ) {
    const { prefix } = keys;
    this.#scripts = {
      commit: scriptOf(prefix, COMMIT),
      trimJournal: scriptOf(prefix, TRIM_JOURNAL),
      trimAnswers: scriptOf(prefix, TRIM_ANSWERS),
      read: scriptOf(prefix, READ),
      sessionsPage: scriptOf(prefix, SESSIONS_PAGE),
      tasksPage: scriptOf(prefix, TASKS_PAGE),
    };
  }

  commit(keys: readonly string[], args: readonly string[]): Promise<unknown> {
    return this.#run(this.#scripts.commit, keys, args);
  }

  /** @returns how much was dropped. @throws ServiceError `unavailable` when Redis cannot be reached. */
  async trim(name: TrimScript, keys: readonly string[], args: readonly (string | number)[]): Promise<number> {
    const dropped = await asking(() => this.#run(this.#scripts[name], keys, args.map(String)));
    return v.parse(v.number(), dropped);
  }

  /**
   * Reads in one step: nothing happens in Redis meanwhile.
   *
   * @param keys those of the script beyond the first two
   * @throws ServiceError `unavailable` when Redis cannot be reached.
   */
  async read(
    name: ReadScript,
    owned: OwnerKeys,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<ReadAnswers> {
    const all = [this.keys.epoch, owned.offset, ...keys];
    const answer = await asking(() => this.#run(this.#scripts[name], all, args));
    const [epoch, offset, ...answers] = v.parse(ReadAnswer, answer);
    return { epoch, offset, answers };
  }

  async #run({ hash }: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    try {
      return await this.redis.evalsha(hash, keys.length, ...keys, ...args);
    } catch (error) {
      if (isReply(error) && error.message.startsWith('NOSCRIPT')) {
        await this.#check();
        return this.redis.evalsha(hash, keys.length, ...keys, ...args);
      }
      throw error;
    }
  }

  /** Calls that come meanwhile wait for the same check. */
  #check(): Promise<void> {
    this.#checking ??= this.#checkAndLoad().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #checkAndLoad(): Promise<void> {
    await this.checkHistory();
    for (const { text } of Object.values(this.#scripts)) {
      await this.redis.script('LOAD', text);
    }
  }
}

function scriptOf(prefix: string, source: string): Script {
  const text = `-- ${encodeURIComponent(prefix)}\n${source}`;
  return { text, hash: createHash('sha1').update(text).digest('hex') };
}
