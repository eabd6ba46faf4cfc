import { randomUUID } from 'node:crypto';
import type { Session } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import type { StoredPart } from '../domain/export/export-stored';
import { sessionCreated, sessionDeleted } from '../domain/session-events';
import { type NewSession, newSession } from '../domain/new-work';
import { noRoom, ServiceError, unknownSession } from '../domain/service-error';
import { toSession } from '../domain/session-record';
import { Work } from '../domain/work';
import {
  AFTER_ALL_RUNS,
  type CommandOutcome,
  type NamedCommand,
  type Positioned,
  type PositionedReads,
  type Quota,
  type SessionSnapshot,
  type SessionsPageQuery,
  type Store,
  type TasksPageQuery,
  type WorkForm,
} from '../ports/store';
import type { Journal, JournalEntry } from '../realtime/journal';
import type { KeptWorks } from './kept-works';
import { PositionedRecords } from './positioned-records';
import { answerAgain, rememberedAnswer, toRemember } from './remembered-answer';
import type { Decision, Facts, OwnerStorage, Scope } from './storage';

/**
 * What one owner has, in whichever storage. Here is decided what a change stores; the storage stores it in
 * one piece.
 */
export class OwnerStore implements Store {
  readonly published: Observable<JournalEntry>;
  readonly journal: Journal;
  readonly positioned: PositionedReads;
  readonly #reads: PositionedRecords;

  /**
   * @param quota what the owner may have; a little more where several processes change something at the same
   *   moment
   * @param kept whole works that were made already, of all owners
   * @param noteStored is told of each decision once it is stored, with the offset of its last event, before
   *   it is published
   */
  constructor(
    private readonly storage: OwnerStorage,
    private readonly quota: Quota,
    kept: KeptWorks,
    private readonly noteStored: (decision: Decision<unknown>, offset: number) => void,
  ) {
    this.published = storage.published;
    this.journal = storage.journal;
    this.#reads = new PositionedRecords(storage.reads, kept);
    this.positioned = this.#reads;
  }

  publishedFrom(): Promise<number> {
    return this.storage.publishedFrom();
  }

  createSession(session: NewSession): Promise<Session> {
    return this.#commit({}, ({ now, sessions, bytes }) => {
      const { maxSessions, maxBytes } = this.quota;
      if (sessions >= maxSessions) {
        throw new ServiceError(
          'limit_reached',
          `There are ${maxSessions} sessions already: delete one to make another.`,
        );
      }
      const record = newSession(randomUUID(), session, now);
      if (bytes + Buffer.byteLength(JSON.stringify(record)) > maxBytes) {
        throw noRoom();
      }
      const created = toSession(record);
      return { result: created, edit: { create: record }, events: [sessionCreated(created)] };
    });
  }

  deleteSession(sessionId: string): Promise<void> {
    return this.#commit({ sessionId }, ({ work }) => {
      if (work === undefined) {
        throw unknownSession(sessionId);
      }
      return {
        result: undefined,
        edit: { delete: sessionId },
        events: [sessionDeleted(sessionId)],
        endedRun: { sessionId, run: AFTER_ALL_RUNS },
      };
    });
  }

  change<T>(sessionId: string, work: (work: Work) => T): Promise<T> {
    return this.#commit({ sessionId }, (facts) => this.#worked(sessionId, facts, work));
  }

  once(command: NamedCommand, work: (work: Work) => void): Promise<CommandOutcome> {
    const { id: commandId, sessionId } = command;
    return this.#commit<CommandOutcome>({ sessionId, commandId }, (facts) => {
      if (facts.answer !== undefined) {
        const answer = answerAgain(rememberedAnswer(facts.answer, command), command);
        return { result: { answer, isRepeated: true }, events: [] };
      }
      const { result: answer, ...changed } = this.#answered(sessionId, facts, work);
      return { ...changed, result: { answer, isRepeated: false }, answer: toRemember(command, answer) };
    });
  }

  snapshot(sessionId: string): Promise<SessionSnapshot> {
    return this.#reads.snapshot(sessionId);
  }

  async storedOf(sessionId: string): Promise<readonly StoredPart[]> {
    const parts = await this.storage.reads.stored(sessionId);
    if (parts.length === 0) {
      throw unknownSession(sessionId);
    }
    return parts;
  }

  findSession(sessionId: string) {
    return valueOf(this.#reads.findSession(sessionId));
  }

  listSessions(query: SessionsPageQuery) {
    return valueOf(this.#reads.listSessions(query));
  }

  progressOf(sessionId: string) {
    return valueOf(this.#reads.progressOf(sessionId));
  }

  tasksOf(sessionId: string) {
    return valueOf(this.#reads.tasksOf(sessionId));
  }

  workAs(sessionId: string, form: WorkForm, turn: () => Promise<void>) {
    return valueOf(this.#reads.workAs(sessionId, form, turn));
  }

  listTasks(query: TasksPageQuery) {
    return valueOf(this.#reads.listTasks(query));
  }

  findTask(taskId: string) {
    return valueOf(this.#reads.findTask(taskId));
  }

  overview() {
    return valueOf(this.#reads.overview());
  }

  /** What becomes of a session by `change`. */
  #worked<T>(sessionId: string, { now, work, bytes }: Facts, change: (work: Work) => T): Decision<T> {
    if (work === undefined) {
      throw unknownSession(sessionId);
    }
    const changing = new Work(work, now, bytes < this.quota.maxBytes);
    const result = change(changing);
    const { changes } = changing;
    return {
      result,
      edit: { update: changes },
      events: changes.events,
      endedRun: changes.endsRun ? { sessionId, run: changes.session.run } : undefined,
    };
  }

  /** The same, with the answer to the command as its result: a refusal is one, and changes nothing. */
  #answered(
    sessionId: string,
    facts: Facts,
    change: (work: Work) => void,
  ): Decision<CommandOutcome['answer']> {
    try {
      return { ...this.#worked(sessionId, facts, change), result: { ok: true } };
    } catch (error) {
      if (error instanceof ServiceError) {
        return { result: { ok: false, error: { code: error.code, message: error.message } }, events: [] };
      }
      throw error;
    }
  }

  async #commit<T>(scope: Scope, decide: (facts: Facts) => Decision<T>): Promise<T> {
    const { decision, offset, publish } = await this.storage.commit(scope, decide);
    this.noteStored(decision, offset);
    await publish();
    return decision.result;
  }
}

async function valueOf<T>(read: Promise<Positioned<T>>): Promise<T> {
  return (await read).value;
}
