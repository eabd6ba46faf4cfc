import {
  type Decision,
  JournaledEvent,
  type Session,
  type SessionCommand,
  type SessionConfig,
  type Task,
  type TaskChunk,
} from '@creative-autogpt/protocol';
import { filter, firstValueFrom, map, type Observable } from 'rxjs';
import * as v from 'valibot';
import type { Author } from '../authors/author';
import type { Backend } from '../ports/backend';
import { Engine, type EngineParts } from '../engine/engine';
import { LocalRunQueue } from '../backends/embedded/local-run-queue';
import { LocalWritingBoard } from '../backends/embedded/local-writing-board';
import type { NumberedText } from '../ports/writing-board';
import type { Store } from '../ports/store';
import { EMBEDDED, type Place } from './backends';
import { RecordedLog } from './recorded-log';
import { SHORT_WORK } from './short-work';

/** Whose sessions they are. */
export const OWNER = 'ada';

/** An engine on stores of its own that tries failed tasks again at once. */
export class EngineUnderTest {
  readonly log = new RecordedLog();
  readonly store: Store;
  board = new LocalWritingBoard();
  engine: Engine;
  readonly #engines: Engine[] = [];

  private constructor(
    private readonly author: Author,
    private readonly place: Place,
    readonly backend: Backend,
  ) {
    this.store = backend.stores.of(OWNER);
    this.engine = this.#makeEngine();
  }

  static async open(author: Author): Promise<EngineUnderTest> {
    const place = await EMBEDDED.makePlace();
    return new EngineUnderTest(author, place, await place.open());
  }

  /** Has another engine from here on, on the same stores: the next process, or one beside the first. */
  replaceEngine(parts: Partial<EngineParts> = {}): Engine {
    this.board = new LocalWritingBoard();
    this.engine = this.#makeEngine(parts);
    return this.engine;
  }

  async close(): Promise<void> {
    await Promise.all(this.#engines.map((engine) => engine.close()));
    await this.backend.close();
    await this.place.remove();
  }

  /** The id of a new session. */
  async create(config: SessionConfig = {}): Promise<string> {
    const session = { title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config };
    return (await this.store.createSession(session)).id;
  }

  /** The id of a new session that was started. */
  async createStarted(config: SessionConfig = {}): Promise<string> {
    const id = await this.create(config);
    await this.command(id, 'start');
    return id;
  }

  command(sessionId: string, command: SessionCommand): Promise<Session> {
    return this.engine.command(OWNER, sessionId, command);
  }

  /** Decides about the text of a session that waits. */
  async decide(sessionId: string, decision: Decision): Promise<Task> {
    const tasks = await this.store.tasksOf(sessionId);
    const waiting = tasks.find(({ status }) => status === 'pending_approval');
    return this.engine.approve(OWNER, waiting?.task_id ?? 'none that waits', decision);
  }

  session(sessionId: string): Promise<Session> {
    return this.store.findSession(sessionId);
  }

  async firstTask(sessionId: string): Promise<Task> {
    const [first] = await this.store.tasksOf(sessionId);
    if (first === undefined) {
      throw new Error('The session has no plan yet.');
    }
    return first;
  }

  async statusesOf(sessionId: string): Promise<string[]> {
    return (await this.store.tasksOf(sessionId)).map(({ status }) => status);
  }

  /** What the session is writing, where the current engine runs it. */
  writing(sessionId: string): Promise<NumberedText> {
    return this.board.textOf(OWNER, sessionId);
  }

  /** What is written where the current engine runs it. */
  get chunks(): Observable<TaskChunk> {
    return this.board.chunksOf(OWNER).pipe(map(({ chunk }) => chunk));
  }

  /** Settles when an event tells that the session has this status. */
  reached(sessionId: string, status: Session['status']): Promise<unknown> {
    return this.#told(
      (event) =>
        event.event === 'session.update' && event.session_id === sessionId && event.data.status === status,
    );
  }

  /** Settles when an event tells that a task has this status. */
  taskReached(status: Task['status']): Promise<unknown> {
    return this.#told((event) => event.event === 'task.update' && event.data.status === status);
  }

  #told(fits: (event: JournaledEvent) => boolean): Promise<unknown> {
    return firstValueFrom(
      this.store.published.pipe(filter(({ json }) => fits(v.parse(JournaledEvent, JSON.parse(json))))),
      { defaultValue: undefined },
    );
  }

  #makeEngine(parts: Partial<EngineParts> = {}): Engine {
    const engine = new Engine({
      stores: this.backend.stores,
      author: this.author,
      board: this.board,
      queue: new LocalRunQueue(),
      processId: `process-${this.#engines.length + 1}`,
      log: this.log,
      retryDelay: () => Promise.resolve(),
      ...parts,
    });
    this.#engines.push(engine);
    return engine;
  }
}
