/**
 * What the browser does for one tab: its tasks wait while it hangs or is frozen, and are lost when it is
 * gone.
 */
export class FakeTabTasks {
  #waiting: (() => void)[] | null = null;
  #gone = false;

  get isGone(): boolean {
    return this.#gone;
  }

  /** Runs `task` in a turn of its own, after those before it. */
  run(task: () => void): void {
    if (this.#waiting) {
      this.#waiting.push(task);
    } else if (!this.#gone) {
      queueMicrotask(() => {
        if (this.#waiting) {
          this.#waiting.push(task);
        } else if (!this.#gone) {
          task();
        }
      });
    }
  }

  pause(): void {
    this.#waiting ??= [];
  }

  goOn(): void {
    const tasks = this.#waiting ?? [];
    this.#waiting = null;
    for (const task of tasks) {
      this.run(task);
    }
  }

  end(): void {
    this.#gone = true;
  }
}

interface LockRequest {
  readonly tasks: FakeTabTasks;
  readonly hold: () => unknown;
  readonly settle: (error?: DOMException) => void;
}

/** The locks of one browser. `of()` is what one tab sees of them. */
export class FakeLocks {
  readonly #queues = new Map<string, LockRequest[]>();
  readonly #held = new Map<string, LockRequest>();

  /** The tasks of the tab that holds the lock. */
  holder(name: string): FakeTabTasks | undefined {
    return this.#held.get(name)?.tasks;
  }

  of(tasks: FakeTabTasks) {
    const request = (
      name: string,
      { steal, signal }: LockOptions,
      hold: (lock: null) => unknown,
    ): Promise<void> =>
      new Promise((resolve, reject) => {
        const entry: LockRequest = {
          tasks,
          hold: () => hold(null),
          settle: (error) => tasks.run(() => (error ? reject(error) : resolve())),
        };
        const queue = this.#queues.get(name) ?? [];
        this.#queues.set(name, queue);
        if (steal) {
          this.#held.get(name)?.settle(new DOMException('The lock was stolen.', 'AbortError'));
          this.#grant(name, entry);
          return;
        }
        queue.push(entry);
        signal?.addEventListener('abort', () => {
          if (queue.includes(entry)) {
            queue.splice(queue.indexOf(entry), 1);
            entry.settle(new DOMException('The request was aborted.', 'AbortError'));
          }
        });
        this.#grantNext(name);
      });
    return { request };
  }

  /** What the browser does when a tab is gone. */
  releaseAllOf(tasks: FakeTabTasks): void {
    for (const [name, queue] of this.#queues) {
      this.#queues.set(
        name,
        queue.filter((entry) => entry.tasks !== tasks),
      );
      if (this.#held.get(name)?.tasks === tasks) {
        this.#held.delete(name);
        this.#grantNext(name);
      }
    }
  }

  #grantNext(name: string): void {
    if (!this.#held.has(name)) {
      const next = this.#queues.get(name)?.shift();
      if (next) {
        this.#grant(name, next);
      }
    }
  }

  #grant(name: string, entry: LockRequest): void {
    this.#held.set(name, entry);
    entry.tasks.run(() => {
      void Promise.resolve(entry.hold()).then(() => {
        entry.settle();
        if (this.#held.get(name) === entry) {
          this.#held.delete(name);
          this.#grantNext(name);
        }
      });
    });
  }
}

/** The channels of one browser. `of()` is the `BroadcastChannel` that one tab sees. */
export class FakeChannels {
  readonly #open = new Set<{
    readonly name: string;
    readonly tasks: FakeTabTasks;
    onmessage: ((event: MessageEvent) => void) | null;
  }>();

  of(tasks: FakeTabTasks) {
    const open = this.#open;
    return class FakeBroadcastChannel {
      onmessage: ((event: MessageEvent) => void) | null = null;
      readonly tasks = tasks;

      constructor(readonly name: string) {
        open.add(this);
      }

      postMessage(message: unknown): void {
        if (!open.has(this)) {
          throw new DOMException('The channel is closed.', 'InvalidStateError');
        }
        const data: unknown = structuredClone(message);
        for (const other of open) {
          if (other !== this && other.name === this.name) {
            other.tasks.run(() => {
              if (open.has(other)) {
                other.onmessage?.(new MessageEvent('message', { data }));
              }
            });
          }
        }
      }

      close(): void {
        open.delete(this);
      }
    };
  }

  closeAllOf(tasks: FakeTabTasks): void {
    for (const channel of this.#open) {
      if (channel.tasks === tasks) {
        this.#open.delete(channel);
      }
    }
  }
}
