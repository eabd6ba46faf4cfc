import { randomUUID } from 'node:crypto';
import type { SessionEvent } from '../../domain/session-events';
import { askingUntil } from './redis-connection';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import type { EndedRun } from '../../ports/store';
import type { JournalRetention } from '../../realtime/journal';
import type { AnswerRetention } from '../remembered-answer';
import type { JournalScripts } from './journal-scripts';
import { type RedisCommand, spelled } from './scripts';

/** What one commit does. */
export interface Commit {
  readonly sessionId: string;
  /** The stored epoch that the change is from. */
  readonly epoch: string;
  /** Version of the session that the change is from; undefined for a new session. */
  readonly version: string | undefined;
  readonly writes: readonly RedisCommand[];
  readonly events: readonly SessionEvent[];
  readonly endedRun?: EndedRun | undefined;
  /** Id of the command that is answered by it, and the answer to store. */
  readonly commandId?: string | undefined;
  readonly answer?: string | undefined;
  /** Time of the change, ISO 8601. */
  readonly now: string;
}

/** What became of a commit. */
export type CommitOutcome =
  { readonly offset: number } | { readonly refused: 'other version' | 'answered before' };

const HOUR_SECONDS = 3600;

const OTHER_VERSION = -1;
const ANSWERED_BEFORE = -2;

/** Who commits, and whose sessions. */
export interface Committer {
  readonly owner: string;
  readonly owned: OwnerKeys;
  readonly processId: string;
  readonly retention: Pick<JournalRetention, 'maxBytes'>;
  readonly answerRetention: AnswerRetention;
}

/** Commits changes of one owner's sessions, each in one piece with the events that tell about it. */
export class RedisCommits {
  constructor(
    private readonly scripts: JournalScripts,
    private readonly keys: RedisKeys,
    private readonly by: Committer,
  ) {}

  /**
   * A commit whose answer is lost is sent again under the same name, and not done again.
   *
   * @param deadline until when (ms of `performance.now()`) it is sent again
   * @throws ServiceError `unavailable` after the deadline: it may have been made or not
   */
  async commit(commit: Commit, deadline: number): Promise<CommitOutcome> {
    const keys = this.#keysOf(randomUUID(), commit);
    const args = this.#argumentsOf(commit);
    const { owned } = this.by;
    return outcomeOf(await askingUntil(deadline, () => this.scripts.commit(commit.epoch, owned, keys, args)));
  }

  #keysOf(id: string, { sessionId, commandId }: Commit): string[] {
    const { keys } = this;
    const { owned } = this.by;
    return [
      keys.commit(id),
      owned.session(sessionId),
      owned.journal,
      owned.offset,
      commandId === undefined ? '' : owned.answer(commandId),
      keys.owners,
      owned.totals,
      owned.answers,
    ];
  }

  #argumentsOf({
    version = '',
    endedRun,
    now,
    writes,
    events,
    commandId = '',
    answer = '',
  }: Commit): string[] {
    const { owner, owned, processId, retention, answerRetention } = this.by;
    return [
      owner,
      version,
      owned.bell,
      this.keys.endedRuns,
      endedRun === undefined ? '' : JSON.stringify({ ...endedRun, by: processId }),
      now,
      String(retention.maxBytes),
      answer,
      encodeURIComponent(commandId),
      owned.answer(),
      String(answerRetention.maxAgeHours * HOUR_SECONDS),
      String(answerRetention.maxAnswers),
      String(answerRetention.maxBytes),
      String(writes.length),
      ...spelled(writes),
      String(events.length),
      ...events.flatMap((event) => [event.session_id, JSON.stringify(event)]),
    ];
  }
}

function outcomeOf(answer: number): CommitOutcome {
  switch (answer) {
    case OTHER_VERSION:
      return { refused: 'other version' };
    case ANSWERED_BEFORE:
      return { refused: 'answered before' };
    default:
      return { offset: answer };
  }
}
