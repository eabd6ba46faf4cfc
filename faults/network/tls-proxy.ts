import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { portOf } from '../../server/testing/port-of';

/** A certificate of this run, and its key. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A TLS proxy in front of a server on this machine, as a provider would put it there. */
export class TlsProxy {
  readonly #open = new Set<Socket>();
  #count = 0;
  /** Time (ms) after which a connection that says nothing is cut; 0 for never. */
  idleMs = 0;
  /** Time (ms) that bytes take from one end to the other, in each direction. */
  delayMs = 0;

  private constructor(private readonly listener: Server) {}

  /** @param target port of the server behind it */
  static async open(host: string, certificate: Certificate, target: () => number): Promise<TlsProxy> {
    const listener = createServer({ ...certificate, noDelay: true });
    const proxy = new TlsProxy(listener);
    listener.on('secureConnection', (client) => proxy.#pass(client, target()));
    listener.listen(0, host);
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return portOf(this.listener);
  }

  /** Connections that it has taken. */
  get connections(): number {
    return this.#count;
  }

  close(): void {
    this.#open.forEach((each) => each.destroy());
    this.listener.close();
  }

  #pass(client: Socket, port: number): void {
    this.#count += 1;
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#open.add(from);
      // A broken connection is what this is about; `close` follows.
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        this.#later(() => to.write(bytes));
      });
      from.on('close', () => {
        this.#open.delete(from);
        this.#later(() => to.destroy());
      });
    }
    client.setTimeout(this.idleMs, () => client.destroy());
  }

  #later(pass: () => void): void {
    if (this.delayMs === 0) {
      pass();
    } else {
      setTimeout(pass, this.delayMs);
    }
  }
}

/** A new certificate that signs itself. */
export function makeCertificate(host: string): Certificate {
  const printed = execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'].concat([
      '-subj',
      `/CN=${host}`,
      '-addext',
      `subjectAltName=IP:${host}`,
      '-keyout',
      '-',
      '-out',
      '-',
    ]),
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const at = printed.indexOf('-----BEGIN CERTIFICATE');
  return { key: printed.slice(0, at), cert: printed.slice(at) };
}
