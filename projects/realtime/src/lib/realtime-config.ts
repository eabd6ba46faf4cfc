import { InjectionToken } from '@angular/core';
import type { CloseAction } from './connection/close-policy';

/** Where and how to connect. */
export interface RealtimeConfig {
  /**
   * `ws:` or `wss:` URL of the server. A function is called for every attempt, so that the URL may change
   * between them; put no secrets in it.
   */
  readonly url: string | (() => string | Promise<string>);
  /** WebSocket subprotocols to offer, best first. @default none */
  readonly protocols?: readonly string[];
  /**
   * Whether each connection opens with a `connect` message, which the server answers with `connected` and a
   * client id. Turn it off for servers that refuse messages they do not know. @default true
   */
  readonly handshake?: boolean;
  /** Optional parts of the protocol to ask for in `connect`. @default none */
  readonly capabilities?: readonly string[];
  /** Milliseconds a socket may take to open. @default 10_000 */
  readonly connectTimeout?: number;
  /** What to do for particular close codes, over {@link DEFAULT_CLOSE_POLICY}. */
  readonly closePolicy?: Readonly<Record<number, CloseAction>>;
}

/** The configuration of one client. */
export interface ClientConfig extends RealtimeConfig {
  /** Name of the client that asked for it first. */
  readonly client: string;
}

export const REALTIME_CONFIG = new InjectionToken<ClientConfig>(
  ngDevMode ? '@creative-autogpt/realtime config' : '',
);

/** The URL to name things after, in the storage too; that of the client where the URL is computed. */
export function urlName({ url, client }: ClientConfig): string {
  return typeof url === 'string' ? url : `the client ${client}`;
}
