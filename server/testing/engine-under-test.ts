import type { ServerEvent, Session, Task } from '@creative-autogpt/protocol';
import { filter, firstValueFrom } from 'rxjs';
import type { Author } from '../authors/author';
import { Engine, type EngineParts } from '../engine/engine';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';
import { RecordedLog } from './recorded-log';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';
import { SHORT_WORK } from './short-work';

/** An engine on a store of its own that tries failed tasks again at once. */
export class EngineUnderTest {
  readonly log = new RecordedLog();
  readonly store: Store;
  engine: Engine;
  readonly #directory = makeScratchDirectory();

  constructor(private readonly author: Author) {
    this.store = openStore(this.#directory);
    this.engine = this.#makeEngine();
  }

  /** A new engine on the same store, as after a restart of the server. */
  replaceEngine(parts: Partial<Pick<EngineParts, 'author' | 'retryDelay'>> = {}): Engine {
    this.engine = this.#makeEngine(parts);
    return this.engine;
  }

  async close(): Promise<void> {
    await this.engine.close();
    this.store.close();
    removeScratchDirectory(this.#directory);
  }

  /** The id of a new session. */
  create(): string {
    return this.store.createSession({ title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config: {} })
      .id;
  }

  firstTask(sessionId: string): Task | undefined {
    return this.store.tasksOf(sessionId)[0];
  }

  statusesOf(sessionId: string): string[] {
    return this.store.tasksOf(sessionId).map(({ status }) => status);
  }

  /** Settles when the session is announced with this status. */
  reached(sessionId: string, status: Session['status']): Promise<unknown> {
    return this.#announced(
      (event) =>
        event.event === 'session.update' && event.session_id === sessionId && event.data.status === status,
    );
  }

  /** Settles when a task is announced with this status. */
  taskReached(status: Task['status']): Promise<unknown> {
    return this.#announced((event) => event.event === 'task.update' && event.data.status === status);
  }

  #announced(fits: (event: ServerEvent) => boolean): Promise<unknown> {
    return firstValueFrom(this.store.announcements.pipe(filter(({ event }) => fits(event))), {
      defaultValue: undefined,
    });
  }

  #makeEngine(parts: Partial<EngineParts> = {}): Engine {
    const { store, author, log } = this;
    return new Engine({ store, author, log, retryDelay: () => Promise.resolve(), ...parts });
  }
}
