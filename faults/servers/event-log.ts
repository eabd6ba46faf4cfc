/** One event of the journal; its number is its offset. */
export interface LoggedEvent {
  readonly event: 'task.update';
  readonly session_id: string;
  readonly data: { readonly task_id: string; readonly status: 'running'; readonly index: number };
}

/** Tasks that the events are about. */
const TASKS = 50;

/** What the server has stored, and keeps when it is killed: its journal, and the commands it has done. */
export class EventLog {
  readonly epoch = 'the only one';
  /** Names of commands in the order in which they were done. */
  readonly done: number[] = [];
  readonly #events: LoggedEvent[] = [];
  readonly #doneIds = new Set<string>();
  readonly #readers = new Set<(event: LoggedEvent, offset: number) => void>();

  /** Offset of the last event, counting from 1. */
  get offset(): number {
    return this.#events.length;
  }

  write(): void {
    const index = this.offset + 1;
    const event: LoggedEvent = {
      event: 'task.update',
      session_id: 'session',
      data: { task_id: `task ${index % TASKS}`, status: 'running', index },
    };
    this.#events.push(event);
    for (const read of this.#readers) {
      read(event, index);
    }
  }

  /** The events after `offset`, each with its own. */
  since(offset: number): (readonly [event: LoggedEvent, offset: number])[] {
    return this.#events.slice(offset).map((event) => [event, event.data.index] as const);
  }

  /** Does a command unless it was done under this id. */
  do(id: string, name: number): void {
    if (!this.#doneIds.has(id)) {
      this.#doneIds.add(id);
      this.done.push(name);
    }
  }

  /** Calls `read` with every event from now on, until the returned function is called. */
  follow(read: (event: LoggedEvent, offset: number) => void): () => void {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }
}
