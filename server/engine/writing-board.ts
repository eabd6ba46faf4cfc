import type { TaskChunk, TaskText } from '@creative-autogpt/protocol';
import { Subject, type Observable } from 'rxjs';
import { Writing } from './writing';

/** What every running session is writing at this moment. */
export class WritingBoard {
  readonly #writings = new Map<string, Writing>();
  readonly #chunks = new Subject<TaskChunk>();

  /** Every chunk as it is written. Hot. */
  readonly chunks: Observable<TaskChunk> = this.#chunks.asObservable();

  /** What a session has written of its running task; null between tasks. */
  textOf(sessionId: string): TaskText | null {
    return this.#writings.get(sessionId)?.soFar ?? null;
  }

  /** Begins the text of an attempt; what the session was writing before is abandoned. */
  open(sessionId: string, taskId: string): Writing {
    this.clear(sessionId);
    const writing = new Writing(taskId, (chunk) => {
      this.#chunks.next({ event: 'task.chunk', session_id: sessionId, data: chunk });
    });
    this.#writings.set(sessionId, writing);
    return writing;
  }

  /** Takes a session's text off the board; what was not emitted yet is dropped. */
  clear(sessionId: string): void {
    this.#writings.get(sessionId)?.abandon();
    this.#writings.delete(sessionId);
  }
}
