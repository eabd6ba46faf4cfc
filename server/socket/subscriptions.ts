import type { TaskChunk } from '@creative-autogpt/protocol';
import type { NumberedChunk } from '../ports/writing-board';
import type { Interest, Transient } from '../realtime/application';
import type { JournalEntry } from '../realtime/journal';

/** A piece of a text on its way to clients. */
export interface SentChunk extends Transient, Pick<NumberedChunk, 'number'> {
  readonly message: TaskChunk;
}

/** What a client was told of a session's text. */
interface ToldText {
  /** Number of the last chunk in it. */
  readonly upTo: number;
  /** Offset of the newest event that was told with it. */
  readonly offset: number;
  /** The task that was being written then. */
  readonly currentTaskId: string | null;
}

/** Which sessions one client wants to hear of, and what it was told of their texts. */
export class Subscriptions implements Interest<SentChunk> {
  readonly #sessions = new Set<string>();
  #everySession = false;
  /** By session. Chunks come on another way than what was told, and may be slower. */
  readonly #toldTexts = new Map<string, ToldText>();

  /** Adds one session, or with undefined the updates of every session. */
  add(sessionId: string | undefined): void {
    if (sessionId === undefined) {
      this.#everySession = true;
    } else {
      this.#sessions.add(sessionId);
    }
  }

  /** Takes back what the same `add` did. */
  remove(sessionId: string | undefined): void {
    if (sessionId === undefined) {
      this.#everySession = false;
    } else {
      this.#sessions.delete(sessionId);
    }
  }

  /**
   * The client was told a session's text: it has no use for the chunks in it, nor for those of tasks that
   * were over by then.
   */
  told(sessionId: string, text: ToldText): void {
    this.#toldTexts.set(sessionId, text);
  }

  /** Updates of every session are wanted by a client that has named none. */
  wantsEvent({ subject }: JournalEntry): boolean {
    return this.#everySession || this.#sessions.size === 0 || this.#sessions.has(subject);
  }

  /** The text of a session is wanted only where the session itself was named. */
  wantsTransient(chunk: SentChunk, after: number): boolean {
    return this.#sessions.has(chunk.message.session_id) && !this.#isTold(chunk, after);
  }

  #isTold({ message, number }: SentChunk, after: number): boolean {
    const told = this.#toldTexts.get(message.session_id);
    if (told === undefined) {
      return false;
    }
    const isOver = after <= told.offset && message.data.task_id !== told.currentTaskId;
    return isOver || number <= told.upTo;
  }
}
