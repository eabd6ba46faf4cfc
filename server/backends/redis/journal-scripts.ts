import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking, isReply } from './redis-connection';
import type { RedisHistory } from './redis-history';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { TRIM_ANSWERS, TRIM_JOURNAL } from './drop-scripts';
import { BEGIN_JOURNAL, COMMIT, READ, SESSIONS_PAGE, TASKS_PAGE } from './scripts';

/** Scripts that drop what need not be kept. */
export type TrimScript = 'trimJournal' | 'trimAnswers';

/** Scripts that only read. */
export type ReadScript = 'read' | 'sessionsPage' | 'tasksPage';

const ReadAnswer = v.tupleWithRest(
  [v.string(), v.number(), v.pipe(v.string(), v.transform(Number))],
  v.unknown(),
);
const CommitAnswer = v.tuple([v.number(), v.string(), v.number()]);

/** What a script says that looks at a history which is not the one that its process knows. */
const LOST = /^LOST the (history|newest offset)/;

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
   * @param history is checked whenever Redis was started or has lost something, before anything is written
   */
  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
    private readonly history: RedisHistory,
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

  /**
   * @param epoch that the change is from
   * @param keys those of the script but the last
   * @returns the first number of what the script answers
   */
  async commit(
    epoch: string,
    owned: OwnerKeys,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<number> {
    const answer = await this.#run(this.#scripts.commit, owned, [...keys, this.keys.epoch], () => [
      ...args,
      epoch,
      String(this.#leastOf(epoch)),
    ]);
    const [outcome, ...point] = v.parse(CommitAnswer, answer);
    this.#note(point);
    return outcome;
  }

  /** @returns how much was dropped. @throws ServiceError `unavailable` when Redis cannot be reached. */
  async trim(
    name: TrimScript,
    owned: OwnerKeys,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<number> {
    const dropped = await asking(() => this.#run(this.#scripts[name], owned, keys, () => args.map(String)));
    return v.parse(v.number(), dropped);
  }

  /**
   * Reads in one step: nothing happens in Redis meanwhile.
   *
   * @param keys those of the script beyond the first three
   * @throws ServiceError `unavailable` when Redis cannot be reached.
   */
  async read(
    name: ReadScript,
    owned: OwnerKeys,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<ReadAnswers> {
    const all = [this.keys.epoch, owned.offset, owned.journal, ...keys];
    const answer = await asking(() =>
      this.#run(this.#scripts[name], owned, all, () => {
        const { epoch, commits } = this.history.known;
        return [...args, epoch, String(commits)];
      }),
    );
    const [epoch, commits, offset, ...answers] = v.parse(ReadAnswer, answer);
    this.#note([epoch, commits]);
    return { epoch, offset, answers };
  }

  #note([epoch, commits]: readonly [string, number]): void {
    this.history.note({ epoch, commits });
  }

  #leastOf(epoch: string): number {
    const { known } = this.history;
    return known.epoch === epoch ? known.commits : 0;
  }

  /** @param args as they are to be when the script is sent: what is known changes by a check */
  async #run(
    { hash }: Script,
    owned: OwnerKeys,
    keys: readonly string[],
    args: () => readonly string[],
  ): Promise<unknown> {
    const run = (): Promise<unknown> => this.redis.evalsha(hash, keys.length, ...keys, ...args());
    try {
      return await run();
    } catch (error) {
      const reply = isReply(error) ? error.message : '';
      const lost = LOST.exec(reply)?.[1];
      if (lost === undefined && !reply.startsWith('NOSCRIPT')) {
        throw error;
      }
      await this.#check(lost === 'newest offset' ? owned : undefined);
      return run();
    }
  }

  /**
   * Calls that come meanwhile wait for the same check.
   *
   * @param damaged whose newest offset is lost
   */
  #check(damaged: OwnerKeys | undefined): Promise<void> {
    this.#checking ??= this.#checkAndLoad(damaged).finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #checkAndLoad(damaged: OwnerKeys | undefined): Promise<void> {
    await this.history.check(damaged !== undefined);
    if (damaged !== undefined) {
      await this.redis.eval(BEGIN_JOURNAL, 2, damaged.offset, damaged.journal);
    }
    for (const { text } of Object.values(this.#scripts)) {
      await this.redis.script('LOAD', text);
    }
  }
}

function scriptOf(prefix: string, source: string): Script {
  const text = `-- ${encodeURIComponent(prefix)}\n${source}`;
  return { text, hash: createHash('sha1').update(text).digest('hex') };
}
