import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process does for the one that started it, by name. Arguments and results are JSON. */
export type Calls<C> = { readonly [K in keyof C]: (...values: never[]) => unknown };

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A process that this one started, and calls. */
export class LinkedProcess<C extends Calls<C>> {
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  /** Is given what the process tells by itself. */
  onNews: (news: number) => void = () => undefined;

  /** @param child runs a file that calls {@link answerCalls} */
  constructor(private readonly child: ChildProcess) {
    child.on('message', (text: string) => {
      const { id, result, error, news } = JSON.parse(text);
      if (news !== undefined) {
        this.onNews(news);
        return;
      }
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) {
        waiting?.resolve(result);
      } else {
        waiting?.reject(new Error(error));
      }
    });
    child.on('exit', (code, signal) => {
      const error = new Error(`A linked process has ended (${code ?? signal}).`);
      this.#waiting.forEach((waiting) => {
        waiting.reject(error);
      });
      this.#waiting.clear();
    });
  }

  call<K extends keyof C & string>(name: K, ...values: Parameters<C[K]>): Promise<Awaited<ReturnType<C[K]>>> {
    return new Promise((resolve, reject) => {
      this.#calls += 1;
      this.#waiting.set(this.#calls, { resolve, reject });
      this.child.send(JSON.stringify({ id: this.#calls, name, values }));
    });
  }

  /** Calls without waiting for the answer. */
  tell<K extends keyof C & string>(name: K, ...values: Parameters<C[K]>): void {
    this.child.send(JSON.stringify({ name, values }));
  }

  async end(): Promise<void> {
    if (this.child.connected) {
      const exit = once(this.child, 'exit');
      this.child.disconnect();
      await exit;
    }
  }
}

/** Starts a built file, with a collector of garbage that it can call. */
export function startProcess<C extends Calls<C>>(
  file: string,
  values: readonly string[] = [],
): LinkedProcess<C> {
  return new LinkedProcess<C>(fork(file, values, { execArgv: ['--expose-gc', '--enable-source-maps'] }));
}

/** In a process that was started: answers the calls of the one that started it. */
export function answerCalls<C extends Calls<C>>(calls: C): void {
  process.on('message', (text: string) => {
    void answer(calls, text);
  });
  // The one that started it has ended it, or has ended itself.
  process.on('disconnect', () => {
    process.exit();
  });
}

/** In a process that was started: says something to the one that started it. */
export function tellNews(news: number): void {
  process.send?.(JSON.stringify({ news }));
}

async function answer(calls: object, text: string): Promise<void> {
  const { id, name, values } = JSON.parse(text);
  const call: (...values: unknown[]) => unknown = Reflect.get(calls, name);
  try {
    const result = await call(...values);
    if (id !== undefined) {
      process.send?.(JSON.stringify({ id, result: result ?? null }));
    }
  } catch (error) {
    if (id === undefined) {
      throw error;
    }
    process.send?.(JSON.stringify({ id, error: error instanceof Error ? error.message : String(error) }));
  }
}
