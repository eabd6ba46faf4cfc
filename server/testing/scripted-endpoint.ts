import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { setImmediate } from 'node:timers/promises';

/** One step of an answer. `reply` is sent as JSON; the others take part in a stream of events. */
export type Step =
  | {
      readonly do: 'reply';
      readonly status: number;
      readonly body?: object;
      readonly headers?: Record<string, string>;
    }
  | {
      readonly do: 'send';
      readonly bytes: string | Uint8Array;
      /** Of the first step of an answer. @default 200 */
      readonly status?: number;
      readonly headers?: Record<string, string>;
    }
  /** Sends all pieces, as fast as they are taken, until the connection closes. */
  | {
      readonly do: 'flood';
      readonly pieces: Iterable<string>;
      /** @default 200 */
      readonly status?: number;
    }
  | { readonly do: 'pause'; readonly ms: number }
  | { readonly do: 'end' }
  | { readonly do: 'stall' }
  | { readonly do: 'disconnect' };

/** What an answer begins with. */
interface AnswerHead {
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** Settles when the client's connection closes. */
  readonly closed: Promise<unknown>;
}

/** A Chat Completions endpoint for specs that answers its requests as it is told, one script each. */
export class ScriptedEndpoint {
  readonly requests: ReceivedRequest[] = [];
  readonly #scripts: (readonly Step[])[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
  }

  static async start(): Promise<ScriptedEndpoint> {
    const endpoint = new ScriptedEndpoint();
    endpoint.#server.listen(0, '127.0.0.1');
    await once(endpoint.#server, 'listening');
    return endpoint;
  }

  get baseUrl(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The endpoint is not listening.');
    }
    return `http://127.0.0.1:${String(address.port)}/v1`;
  }

  /** What the next request that has no script yet is answered with. */
  script(...steps: readonly Step[]): void {
    this.#scripts.push(steps);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const steps = this.#scripts.shift() ?? [];
    const closed = once(response, 'close');
    const body: unknown = JSON.parse(await text(request));
    this.requests.push({ url: request.url ?? '', headers: request.headers, body, closed });
    for (const step of steps) {
      await this.#take(step, response);
    }
  }

  async #take(step: Step, response: ServerResponse): Promise<void> {
    switch (step.do) {
      case 'reply':
        response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
        response.end(JSON.stringify(step.body ?? {}));
        return;
      case 'send':
        begin(response, step);
        response.write(step.bytes);
        // The next part must not share a packet with this one.
        await setImmediate();
        return;
      case 'flood':
        begin(response, step);
        for (const piece of step.pieces) {
          const isTaken = response.write(piece);
          if (response.destroyed) {
            return;
          }
          await (isTaken ? setImmediate() : drainedOrClosed(response));
        }
        return;
      case 'pause':
        await pause(step.ms);
        return;
      case 'end':
        response.end();
        return;
      case 'stall':
        response.flushHeaders();
        return;
      case 'disconnect':
        response.destroy();
    }
  }
}

function begin(response: ServerResponse, { status = 200, headers = {} }: AnswerHead): void {
  if (!response.headersSent) {
    response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  }
}

/** Settles once more may be written, or nothing may be any more. */
function drainedOrClosed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
