/**
 * Names of everything in Redis. Ids come from clients; what could be taken for a part of the name is written
 * otherwise.
 */
export class RedisKeys {
  /** @param prefix comes before every name, so that several servers may share one Redis */
  constructor(readonly prefix: string) {}

  /** Hash: `epoch` of all journals, and `run_id` of the Redis that it was made or found sound in. */
  get epoch(): string {
    return `${this.prefix}:epoch`;
  }

  /** Hash: what is to be run, by `owner session`, as the number of its launch. */
  get toBeRun(): string {
    return `${this.prefix}:to-be-run`;
  }

  /** Set of all owners that have a journal. */
  get owners(): string {
    return `${this.prefix}:owners`;
  }

  /** Channel: runs that are over. */
  get endedRuns(): string {
    return `${this.prefix}:ended-runs`;
  }

  /** String: what became of a commit, for as long as it may be sent again. */
  commit(id: string): string {
    return `${this.prefix}:commit:${id}`;
  }

  of(owner: string): OwnerKeys {
    return new OwnerKeys(`${this.prefix}:of:${encodeURIComponent(owner)}`);
  }
}

/** Names of what one owner has. */
export class OwnerKeys {
  constructor(private readonly prefix: string) {}

  /** Stream: the journal, whose ids are `offset-0`. */
  get journal(): string {
    return `${this.prefix}:journal`;
  }

  /** String: offset of the newest event. */
  get offset(): string {
    return `${this.prefix}:offset`;
  }

  /** Channel: the journal has grown. */
  get bell(): string {
    return `${this.prefix}:bell`;
  }

  /** Channel: what is written. */
  get chunks(): string {
    return `${this.prefix}:chunks`;
  }

  /** String: number of sessions that were ever made. */
  get sequence(): string {
    return `${this.prefix}:sequence`;
  }

  /**
   * Hash: what the owner takes: `work_bytes` of sessions, tasks and texts, `journal_bytes` of events, and
   * `answer_bytes`.
   */
  get totals(): string {
    return `${this.prefix}:totals`;
  }

  /** String: characters in all texts. */
  get characters(): string {
    return `${this.prefix}:characters`;
  }

  /** Hash: the session of each task. */
  get sessionOfTask(): string {
    return `${this.prefix}:session-of-task`;
  }

  /** Sorted set: ids of the sessions, all or those with a status, in the order in which they were made. */
  sessions(status?: string): string {
    return `${this.prefix}:sessions${status === undefined ? '' : `:${status}`}`;
  }

  /** Sorted set: the tasks, all or those with a status, in the order in which they changed. */
  tasks(status?: string): string {
    return `${this.prefix}:tasks${status === undefined ? '' : `:${status}`}`;
  }

  /** Hash: a session in `record`, its `version`, `sequence` and `run`, and its tasks by their ids. */
  session(sessionId: string): string {
    return `${this.prefix}:session:${encodeURIComponent(sessionId)}`;
  }

  /** Hash: the texts of a session, by the ids of its tasks. */
  texts(sessionId: string): string {
    return `${this.prefix}:texts:${encodeURIComponent(sessionId)}`;
  }

  /** Hash: damaged records and texts of a session that were written anew, by `task time kind`. */
  setAside(sessionId: string): string {
    return `${this.prefix}:set-aside:${encodeURIComponent(sessionId)}`;
  }

  /** String: the answer to a command. @param id of the command. @default what the names of all begin with */
  answer(id = ''): string {
    return `${this.prefix}:answer:${encodeURIComponent(id)}`;
  }

  /** List: the answers to commands, oldest first, each by its time, its bytes, and the end of its name. */
  get answers(): string {
    return `${this.prefix}:answers`;
  }

  /**
   * Hash: what a session is writing: `run`, `task_id`, the name of the `text`, the next `index`, and the
   * `number` of its last chunk.
   */
  writing(sessionId: string): string {
    return `${this.prefix}:writing:${encodeURIComponent(sessionId)}`;
  }

  /** String: the text that a session is writing. */
  writingText(sessionId: string): string {
    return `${this.prefix}:writing-text:${encodeURIComponent(sessionId)}`;
  }
}
