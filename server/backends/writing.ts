import type { TaskText } from '@creative-autogpt/protocol';

/** Pieces that come within this time (ms) of the last chunk wait and go out together in the next one. */
const FOLD_MS = 50;

/** The text of one attempt as it grows. What `soFar` says and what was emitted are always the same. */
export class Writing {
  #text = '';
  #held = '';
  #nextIndex = 0;
  #window: NodeJS.Timeout | undefined;

  /** @param emit is given each chunk right after it was added to the text. */
  constructor(
    readonly taskId: string,
    private readonly emit: (chunk: TaskText) => void,
  ) {}

  /** The text of all chunks emitted, and the index of the next. */
  get soFar(): TaskText {
    return { task_id: this.taskId, index: this.#nextIndex, text: this.#text };
  }

  /** Adds a piece: emitted at once after a silence, otherwise together with the pieces around it. */
  append(piece: string): void {
    this.#held += piece;
    if (this.#window === undefined) {
      this.#emitHeld();
    }
  }

  /** Emits what is held and ends. */
  finish(): void {
    this.#emitHeld();
    this.abandon();
  }

  /** Ends without emitting what is held. */
  abandon(): void {
    clearTimeout(this.#window);
    this.#window = undefined;
    this.#held = '';
  }

  #emitHeld(): void {
    this.#window = undefined;
    if (this.#held === '') {
      return;
    }
    const chunk = { task_id: this.taskId, index: this.#nextIndex, text: this.#held };
    this.#text += this.#held;
    this.#held = '';
    this.#nextIndex += 1;
    this.#window = setTimeout(() => {
      this.#emitHeld();
    }, FOLD_MS);
    this.emit(chunk);
  }
}
