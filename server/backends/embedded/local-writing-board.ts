import { filter, map, type Observable, Subject } from 'rxjs';
import { Writing } from '../writing';
import type { NumberedChunk, NumberedText, WritingBoard, WritingPlace } from '../../ports/writing-board';

interface Entry {
  readonly run: number;
  readonly writing: Writing;
}

interface OwnedChunk extends NumberedChunk {
  readonly owner: string;
}

/** The board of a server that is one process. */
export class LocalWritingBoard implements WritingBoard {
  readonly #entries = new Map<string, Entry>();
  readonly #chunks = new Subject<OwnedChunk>();
  #number = 0;

  chunksOf(owner: string): Observable<NumberedChunk> {
    return this.#chunks.pipe(
      filter((chunk) => chunk.owner === owner),
      map(({ chunk, number, after }) => ({ chunk, number, after })),
    );
  }

  textOf(_owner: string, sessionId: string): Promise<NumberedText> {
    const text = this.#entries.get(sessionId)?.writing.soFar ?? null;
    return Promise.resolve({ text, number: this.#number });
  }

  open({ owner, sessionId, run }: WritingPlace, taskId: string): Writing {
    const writing = new Writing(taskId, (text) => {
      if (this.#entries.get(sessionId)?.writing === writing) {
        this.#number += 1;
        const chunk = { event: 'task.chunk', session_id: sessionId, data: text } as const;
        this.#chunks.next({ owner, chunk, number: this.#number, after: 0 });
      }
    });
    const before = this.#entries.get(sessionId);
    if (before === undefined || before.run <= run) {
      before?.writing.abandon();
      this.#entries.set(sessionId, { run, writing });
    }
    return writing;
  }

  clear({ sessionId, run }: WritingPlace): void {
    const entry = this.#entries.get(sessionId);
    if (entry !== undefined && entry.run <= run) {
      entry.writing.abandon();
      this.#entries.delete(sessionId);
    }
  }
}
