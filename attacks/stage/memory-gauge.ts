import { once } from 'node:events';
import * as v from 'valibot';
import { WebSocket } from 'ws';

/** What a process that can be inspected says on stderr, first of all where. */
const INSPECTED_AT = /^Debugger listening on (ws:\S+)/;
const OF_INSPECTOR = /^(?:Debugger |For help, see: )/;
const ANSWERED_WITHIN_MS = 10_000;

const Usage = v.object({
  result: v.object({
    result: v.object({
      value: v.object({ heapUsed: v.number(), external: v.number(), rss: v.number() }),
    }),
  }),
});

/** Memory of a process, in MB. */
export interface Memory {
  /** What is in use: the heap of JavaScript and the buffers beside it, without garbage. */
  readonly held: number;
  /** What the system has given to it (RSS): allocators keep much of what is no longer in use. */
  readonly rss: number;
}

/**
 * Tells how much memory a Node process holds, by its inspector. Its variable `NODE_OPTIONS` has to be
 * {@link INSPECTABLE}, and its stderr has to be given to {@link readLine}.
 */
export class MemoryGauge {
  static readonly INSPECTABLE = '--inspect=127.0.0.1:0';

  #address: string | undefined;

  /** Other lines go on to stderr. */
  readonly readLine = (line: string): void => {
    this.#address ??= INSPECTED_AT.exec(line)?.[1];
    if (!OF_INSPECTOR.test(line)) {
      process.stderr.write(`${line}\n`);
    }
  };

  async read(): Promise<Memory> {
    if (this.#address === undefined) {
      throw new Error('The process cannot be inspected: give it the right NODE_OPTIONS.');
    }
    const inspector = new WebSocket(this.#address);
    await once(inspector, 'open');
    // Buffers are given back after their objects were collected.
    await ask(inspector, 'HeapProfiler.collectGarbage');
    await ask(inspector, 'HeapProfiler.collectGarbage');
    const answer = await ask(inspector, 'Runtime.evaluate', {
      expression: 'process.memoryUsage()',
      returnByValue: true,
    });
    inspector.close();
    const { heapUsed, external, rss } = v.parse(Usage, answer).result.result.value;
    return { held: (heapUsed + external) / 1e6, rss: rss / 1e6 };
  }
}

/** One after the other, so that the next message is the answer. */
async function ask(inspector: WebSocket, method: string, params: object = {}): Promise<unknown> {
  const answered = once(inspector, 'message', { signal: AbortSignal.timeout(ANSWERED_WITHIN_MS) });
  inspector.send(JSON.stringify({ id: 1, method, params }));
  const [answer] = v.parse(v.looseTuple([v.instance(Buffer)]), await answered);
  return JSON.parse(answer.toString());
}
