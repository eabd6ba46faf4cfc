import type { ServerEvent } from '@creative-autogpt/protocol';

type Named<E extends ServerEvent['event']> = Extract<ServerEvent, { event: E }>;

interface Reader {
  readonly look: () => boolean;
  readonly fail: (error: Error) => void;
}

/**
 * The messages a client received, in order, for a test that reads them one after the other and waits where
 * needed.
 */
export class MessageRecord {
  readonly all: ServerEvent[] = [];
  #read = 0;
  #reader: Reader | undefined;
  #end: Error | undefined;

  add(message: ServerEvent): void {
    this.all.push(message);
    this.#wakeReader();
  }

  /** No more messages will come: who waits for one is told why. */
  end(reason: Error): void {
    this.#end = reason;
    this.#reader?.fail(reason);
  }

  /** Messages that were not read over yet. */
  get unread(): readonly ServerEvent[] {
    return this.all.slice(this.#read);
  }

  /** The next message of this kind that fits, once it is there; those before it are read over. */
  next<E extends ServerEvent['event']>(
    event: E,
    fits: (message: Named<E>) => boolean = () => true,
  ): Promise<Named<E>> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        for (; this.#read < this.all.length; this.#read += 1) {
          const message = this.all[this.#read];
          if (message !== undefined && isNamed(message, event) && fits(message)) {
            this.#read += 1;
            resolve(message);
            return true;
          }
        }
        return false;
      };
      if (look()) {
        return;
      }
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      this.#reader = { look, fail: reject };
    });
  }

  #wakeReader(): void {
    if (this.#reader?.look() === true) {
      this.#reader = undefined;
    }
  }
}

function isNamed<E extends ServerEvent['event']>(message: ServerEvent, event: E): message is Named<E> {
  return message.event === event;
}
