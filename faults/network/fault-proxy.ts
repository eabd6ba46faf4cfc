import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault';
import { portOf } from '../../server/testing/port-of';
import { ProxiedConnection } from './proxied-connection';

/** Milliseconds after which a cut that met no bytes is made anyway. */
const LONGEST_WAIT_FOR_BYTES = 1_000;

/** A TCP proxy in front of a server that breaks what goes through it. */
export class FaultProxy {
  readonly #connections = new Set<ProxiedConnection>();
  #refuses = false;

  private constructor(
    private readonly listener: Server,
    private readonly target: () => number,
  ) {
    listener.on('connection', (client) => {
      if (this.#refuses) {
        client.resetAndDestroy();
        return;
      }
      const connection = new ProxiedConnection(client, this.target(), () => {
        this.#connections.delete(connection);
      });
      this.#connections.add(connection);
    });
  }

  /** @param target port of the server, which may change while it is restarted */
  static async open(target: () => number): Promise<FaultProxy> {
    const listener = createServer();
    const proxy = new FaultProxy(listener, target);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return portOf(this.listener);
  }

  /** Does to the open connections what the fault says; resolves when that is over. */
  async suffer({ kind, lasts, bytes }: Fault): Promise<void> {
    const connections = [...this.#connections];
    switch (kind) {
      case 'reset':
        connections.forEach((each) => each.reset());
        return;
      case 'close':
        connections.forEach((each) => each.end());
        return;
      case 'silence':
      case 'deaf':
      case 'mute':
        for (const { answers, requests } of connections) {
          if (kind !== 'mute') {
            answers.lose();
          }
          if (kind !== 'deaf') {
            requests.lose();
          }
        }
        await pause(lasts);
        // Sooner or later one end finds out, if nobody has noticed before.
        connections.forEach((each) => each.reset());
        return;
      case 'outage':
        this.#refuses = true;
        connections.forEach((each) => each.reset());
        await pause(lasts);
        this.#refuses = false;
        return;
      case 'cut answer':
      case 'cut request':
        await Promise.race([
          Promise.all(connections.map((each) => this.#cut(each, kind, bytes))),
          pause(LONGEST_WAIT_FOR_BYTES),
        ]);
        connections.forEach((each) => each.reset());
        return;
      case 'delay':
      case 'drip':
        for (const { answers, requests } of connections) {
          for (const pipe of [answers, requests]) {
            if (kind === 'drip') {
              pipe.drip(bytes);
            } else {
              pipe.hold();
            }
          }
        }
        await pause(lasts);
        for (const { answers, requests } of connections) {
          answers.release();
          requests.release();
        }
        return;
      case 'kill':
        throw new Error('The proxy cannot kill the server behind it.');
    }
  }

  close(): void {
    this.#connections.forEach((each) => each.reset());
    this.listener.close();
  }

  #cut(
    { answers, requests }: ProxiedConnection,
    kind: 'cut answer' | 'cut request',
    bytes: number,
  ): Promise<void> {
    return new Promise((resolve) => (kind === 'cut answer' ? answers : requests).cutAfter(bytes, resolve));
  }
}
