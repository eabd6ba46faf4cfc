import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Session } from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import type { Observable } from 'rxjs';
import type { Log } from '../../ports/log';
import type { RedisBus } from './redis-bus';
import { asking, unavailable } from './redis-connection';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { ServiceError } from '../../domain/service-error';
import { type AnnouncedEvent, sessionDeleted, sessionUpdate } from '../../domain/announced-events';
import { type NewSession, newSession } from '../../domain/new-work';
import { toSession } from '../../domain/session-record';
import { Work } from '../../domain/work';
import type { JournalEntry } from '../../realtime/journal';
import { answerAgain, RememberedAnswer, rememberedAnswer } from '../remembered-answer';
import { AFTER_ALL_RUNS, type Answer, type EndedRun, type NamedCommand, type Store } from '../../ports/store';
import { type StoredRecords, toStored } from '../stored-records';
import type { JournalScripts } from './journal-scripts';
import { type Commit, RedisCommits } from './redis-commit';
import { RedisJournal } from './redis-journal';
import { RedisReads } from './redis-reads';
import { RedisTail } from './redis-tail';
import { RedisWork, type VersionedWork } from './redis-work';
import { Turns } from './turns';

/** What the stores of all owners share. */
export interface RedisStoreParts {
  readonly redis: Redis;
  readonly bus: RedisBus;
  readonly keys: RedisKeys;
  readonly scripts: JournalScripts;
  /** Tells what this process says to the others from what they say. */
  readonly processId: string;
  readonly records: StoredRecords;
  /** Is told of what is damaged. */
  readonly log: Pick<Log, 'error'>;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  /** Most sessions of one owner; a few more where several processes make one at the same moment. */
  readonly maxSessions: number;
  /** Is told of a run that this process has ended; the others are told by the commit. */
  readonly endRun: (ended: EndedRun) => void;
  /** Is told of events that were appended, and the offset of the last. */
  readonly appended: (events: readonly AnnouncedEvent[], offset: number) => void;
}

const DAY_SECONDS = 86_400;

/** Time (ms) that a change waits for Redis, and for those before it, until it is refused. */
const PATIENCE_MS = 10_000;

/** Time (ms) until a change that could not be worked out is worked out again. */
const PAUSE_MS = 250;

/** Others that may change the same session at the same moment; beyond that, something is wrong. */
const MOST_CONFLICTS = 100;

interface Once {
  readonly answer: Answer;
  readonly isRepeated: boolean;
}

/** Makes a change, once and before a deadline (ms of `performance.now()`). Undefined when another change came before it. */
type Attempt<T> = (deadline: number) => Promise<{ readonly result: T } | undefined>;

/** What one owner has in Redis. `RedisStores` makes them. */
export class RedisStore extends RedisReads implements Store {
  readonly announcements: Observable<JournalEntry>;
  readonly journal: RedisJournal;
  readonly #parts: RedisStoreParts;
  readonly #redis: Redis;
  readonly #owned: OwnerKeys;
  readonly #work: RedisWork;
  readonly #commits: RedisCommits;
  readonly #tail: RedisTail;
  readonly #turns = new Turns(PATIENCE_MS, () => unavailable());

  constructor(owner: string, parts: RedisStoreParts) {
    const { redis, bus, keys, scripts, processId, records, log } = parts;
    const owned = keys.of(owner);
    const work = new RedisWork(redis, keys, owner, owned, records);
    super(redis, owned, work, records);
    this.#parts = parts;
    this.#redis = redis;
    this.#owned = owned;
    this.#work = work;
    this.#commits = new RedisCommits(scripts, keys, { owner, owned, processId });
    const openJournal = (): RedisJournal => new RedisJournal(redis, scripts, keys, { owner, owned }, log);
    this.journal = openJournal();
    this.#tail = new RedisTail(bus, owned, openJournal());
    this.announcements = this.#tail.entries;
  }

  listening(): Promise<number> {
    return this.#tail.listening();
  }

  createSession(session: NewSession): Promise<Session> {
    return this.#changing('a new session', (deadline) => this.#createSession(session, deadline));
  }

  deleteSession(sessionId: string): Promise<void> {
    return this.#changing(sessionId, async (deadline) => {
      const before = await this.#work.load(sessionId);
      const commit: Commit = {
        sessionId,
        version: before.version,
        writes: await this.#work.deletion(before),
        events: [sessionDeleted(sessionId)],
        endedRun: { sessionId, run: AFTER_ALL_RUNS },
        now: this.#now(),
      };
      const isCommitted = await this.#commit(commit, deadline);
      return isCommitted ? { result: undefined } : undefined;
    });
  }

  change<T>(sessionId: string, work: (work: Work) => T): Promise<T> {
    return this.#changing(sessionId, async (deadline) => {
      const { result, commit } = this.#changed(await this.#work.load(sessionId), work, this.#now());
      return (await this.#commit(commit, deadline)) ? { result } : undefined;
    });
  }

  once(command: NamedCommand, work: (work: Work) => void): Promise<Once> {
    return this.#changing<Once>(command.sessionId, async (deadline) => {
      const remembered = await this.#remembered(command);
      if (remembered !== undefined) {
        return { result: { answer: remembered, isRepeated: true } };
      }
      const { answer, commit } = await this.#answered(command, work, this.#now());
      const stored: RememberedAnswer = { command: command.command, session_id: command.sessionId, answer };
      const remembering: Commit = {
        ...commit,
        commandId: command.id,
        writes: [
          ...commit.writes,
          ['SET', this.#owned.answer(command.id), toStored(RememberedAnswer, stored), 'EX', DAY_SECONDS],
        ],
      };
      const isCommitted = await this.#commit(remembering, deadline);
      return isCommitted ? { result: { answer, isRepeated: false } } : undefined;
    });
  }

  close(): void {
    this.#tail.close();
  }

  async #createSession(session: NewSession, deadline: number): Promise<{ readonly result: Session }> {
    const { maxSessions } = this.#parts;
    if ((await asking(() => this.#redis.zcard(this.#owned.sessions()))) >= maxSessions) {
      throw new ServiceError(
        'limit_reached',
        `There are ${maxSessions} sessions already: delete one to make another.`,
      );
    }
    const now = this.#now();
    const sequence = await asking(() => this.#redis.incr(this.#owned.sequence));
    const record = newSession(randomUUID(), session, now);
    const created = toSession(record);
    const commit: Commit = {
      sessionId: record.id,
      version: undefined,
      writes: this.#work.insertion(record, sequence),
      events: [sessionUpdate(created)],
      now,
    };
    await this.#commit(commit, deadline);
    return { result: created };
  }

  async #remembered(command: NamedCommand): Promise<Answer | undefined> {
    const stored = await asking(() => this.#redis.get(this.#owned.answer(command.id)));
    return stored === null ? undefined : answerAgain(rememberedAnswer(stored, command), command);
  }

  /** What a command is answered, and the commit that makes it true. A refusal changes nothing. */
  async #answered(
    { sessionId }: NamedCommand,
    work: (work: Work) => void,
    now: string,
  ): Promise<{ answer: Answer; commit: Commit }> {
    try {
      const { commit } = this.#changed(await this.#work.load(sessionId), work, now);
      return { answer: { ok: true }, commit };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code === 'unavailable') {
        throw error;
      }
      return {
        answer: { ok: false, error: { code: error.code, message: error.message } },
        commit: { sessionId, version: undefined, writes: [], events: [], now },
      };
    }
  }

  #changed<T>(before: VersionedWork, change: (work: Work) => T, now: string): { result: T; commit: Commit } {
    const work = new Work(before, now);
    const result = change(work);
    const { changes } = work;
    const { id: sessionId, run } = changes.session;
    return {
      result,
      commit: {
        sessionId,
        version: before.version,
        writes: this.#work.update(before, changes),
        writtenTasks: changes.tasks.map(({ task_id: taskId }) => taskId),
        events: changes.events,
        endedRun: changes.endsRun ? { sessionId, run } : undefined,
        now,
      },
    };
  }

  /** Whether it was committed, rather than another change before it. Then it has been announced here, too. */
  async #commit(commit: Commit, deadline: number): Promise<boolean> {
    const outcome = await this.#commits.commit(commit, deadline);
    if ('refused' in outcome) {
      return false;
    }
    commit.writtenTasks?.forEach((taskId) => {
      this.#parts.records.forget(commit.sessionId, taskId);
    });
    this.#parts.appended(commit.events, outcome.offset);
    if (commit.endedRun !== undefined) {
      this.#parts.endRun(commit.endedRun);
    }
    await this.#tail.reached(outcome.offset, deadline);
    return true;
  }

  /**
   * Tries a change until no other process changes the same session in between, and Redis can be read; those of this process
   * take turns.
   */
  #changing<T>(name: string, attempt: Attempt<T>): Promise<T> {
    return this.#turns.take(name, async (deadline) => {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
        const done = await patiently(() => attempt(deadline), deadline);
        if (done !== undefined) {
          return done.result;
        }
      }
      throw new ServiceError('unavailable', 'Too many change the same session at the moment. Try again.');
    });
  }

  #now(): string {
    return this.#parts.clock().toISOString();
  }
}

/** What `attempt` gives, which is made again while Redis is out of reach and there is time: a commit uses all of it itself. */
async function patiently<T>(attempt: () => Promise<T>, deadline: number): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isPassing = error instanceof ServiceError && error.code === 'unavailable';
      if (!isPassing || performance.now() + PAUSE_MS > deadline) {
        throw error;
      }
      await setTimeout(PAUSE_MS);
    }
  }
}
