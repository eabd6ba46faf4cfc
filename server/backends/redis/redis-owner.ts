import type { Redis } from 'ioredis';
import type { Observable } from 'rxjs';
import { ServiceError, unknownSession } from '../../domain/service-error';
import type { Log } from '../../ports/log';
import type { Journal, JournalEntry, JournalRetention } from '../../realtime/journal';
import type { AnswerRetention } from '../remembered-answer';
import type { Committed, Decision, Edit, Facts, OwnerStorage, RecordReads, Scope } from '../storage';
import { StoredJournal } from '../stored-journal';
import type { StoredRecords } from '../stored-records';
import type { JournalScripts } from './journal-scripts';
import type { RedisBus } from './redis-bus';
import { type Commit, RedisCommits } from './redis-commit';
import { asking, askingUntil, unavailable } from './redis-connection';
import type { RedisHistory } from './redis-history';
import { RedisJournal } from './redis-journal';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { RedisReads } from './redis-reads';
import { RedisTail } from './redis-tail';
import type { VersionedWork } from './redis-work';
import { RedisWrites } from './redis-writes';
import type { RedisCommand } from './scripts';
import { Turns } from './turns';

/** What all owners share. */
export interface RedisParts {
  readonly redis: Redis;
  readonly bus: RedisBus;
  readonly keys: RedisKeys;
  readonly scripts: JournalScripts;
  readonly history: RedisHistory;
  /** Tells what this process says to the others from what they say. */
  readonly processId: string;
  readonly records: StoredRecords;
  /** Is told of what is damaged. */
  readonly log: Pick<Log, 'error'>;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  readonly retention: JournalRetention;
  readonly answerRetention: AnswerRetention;
}

/** Time (ms) that a change waits for Redis, and for those before it, until it is refused. */
const PATIENCE_MS = 10_000;

/** Others that may change the same session at the same moment; beyond that, something is wrong. */
const MOST_CONFLICTS = 100;

/** What one owner has in Redis. */
export class RedisOwner implements OwnerStorage {
  readonly reads: RecordReads;
  readonly journal: Journal;
  readonly published: Observable<JournalEntry>;
  readonly #owned: OwnerKeys;
  readonly #reads: RedisReads;
  readonly #writes: RedisWrites;
  readonly #commits: RedisCommits;
  readonly #tail: RedisTail;
  readonly #turns = new Turns(PATIENCE_MS, () => unavailable());

  constructor(
    owner: string,
    private readonly parts: RedisParts,
  ) {
    const { bus, keys, scripts, history, records, log } = parts;
    const owned = keys.of(owner);
    const entries = new RedisJournal(scripts, owned);
    this.#owned = owned;
    this.#reads = new RedisReads(owner, owned, scripts, records);
    this.#writes = new RedisWrites(owner, keys, owned);
    this.#commits = new RedisCommits(scripts, keys, { ...parts, owner, owned });
    // With a journal of its own: clients that read old entries would make it check the new entries again.
    this.#tail = new RedisTail(bus, owned, new StoredJournal(owner, entries, log), history);
    this.reads = this.#reads;
    this.journal = new StoredJournal(owner, entries, log);
    this.published = this.#tail.entries;
  }

  publishedFrom(): Promise<number> {
    return this.#tail.publishedFrom();
  }

  /**
   * Decides until no other process changes the same session meanwhile; changes of this process take turns.
   */
  commit<T>(scope: Scope, decide: (facts: Facts) => Decision<T>): Promise<Committed<T>> {
    return this.#turns.take(scope.sessionId ?? 'a new session', async (deadline) => {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
        const committed = await askingUntil(deadline, () => this.#attempt(scope, decide, deadline));
        if (committed !== undefined) {
          return committed;
        }
      }
      throw new ServiceError('unavailable', 'Too many change the same session at the moment. Try again.');
    });
  }

  close(): void {
    this.#tail.close();
  }

  /** Undefined when another change came before it. */
  async #attempt<T>(
    scope: Scope,
    decide: (facts: Facts) => Decision<T>,
    deadline: number,
  ): Promise<Committed<T> | undefined> {
    const { epoch, ...loaded } = await this.#reads.load(scope);
    const facts = { ...loaded, now: this.parts.clock().toISOString() };
    const decision = decide(facts);
    const { edit, events, endedRun, answer } = decision;
    if (edit === undefined && answer === undefined) {
      return { decision, offset: 0, publish: () => Promise.resolve() };
    }
    const commit: Commit = {
      epoch,
      sessionId: edit !== undefined && 'create' in edit ? edit.create.id : (scope.sessionId ?? ''),
      version: edit === undefined ? undefined : facts.work?.version,
      writes: await this.#writesOf(edit, facts.work),
      events,
      endedRun,
      commandId: scope.commandId,
      answer,
      now: facts.now,
    };
    const outcome = await this.#commits.commit(commit, deadline);
    return 'refused' in outcome
      ? undefined
      : { decision, offset: outcome.offset, publish: () => this.#tail.reached(outcome.offset, deadline) };
  }

  async #writesOf(edit: Edit | undefined, before: VersionedWork | undefined): Promise<RedisCommand[]> {
    if (edit === undefined) {
      return [];
    }
    if ('create' in edit) {
      const sequence = await asking(() => this.parts.redis.incr(this.#owned.sequence));
      return this.#writes.create(edit.create, sequence);
    }
    if (before === undefined) {
      throw unknownSession('update' in edit ? edit.update.session.id : edit.delete);
    }
    return 'update' in edit
      ? this.#writes.update(before, edit.update)
      : this.#writes.delete(before, await this.#reads.textsOf(edit.delete, before.tasks));
  }
}
