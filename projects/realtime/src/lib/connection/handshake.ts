import { inject, Injectable, signal } from '@angular/core';
import { CLIENT_HOOKS } from '../extensions/client-hooks';
import { REALTIME_CONFIG } from '../realtime-config';
import { fieldOf, type RealtimeMessage } from '../realtime-message';
import type { RealtimeLink } from './realtime-link';

/**
 * Opens every connection with `connect` and learns the client id from `connected`. It waits for nothing: a
 * server that never answers serves this client all the same.
 */
@Injectable()
export class Handshake {
  readonly #config = inject(REALTIME_CONFIG);
  readonly #hooks = inject(CLIENT_HOOKS);
  readonly #capabilities = [
    ...new Set([
      ...(this.#config.capabilities ?? []),
      ...this.#hooks.flatMap(({ capability }) => capability ?? []),
    ]),
  ];
  readonly #id = signal<string | null>(null);

  /** Id that the server gave this client, kept across reconnections; null until it has answered once. */
  readonly clientId = this.#id.asReadonly();

  /** Says `connect`, unless the configuration turns that off. */
  greet(link: RealtimeLink): void {
    if (this.#config.handshake !== false) {
      link.send(this.#greeting());
    }
  }

  /** Takes the client id from a `connected` message, which some servers put at its top level. */
  learn({ data, client_id: flat }: RealtimeMessage): void {
    const clientId = fieldOf(data, 'client_id') ?? flat;
    if (typeof clientId === 'string') {
      this.#id.set(clientId);
    }
  }

  #greeting(): RealtimeMessage {
    const clientId = this.#id();
    const data: Record<string, unknown> = {};
    for (const each of this.#hooks) {
      Object.assign(data, each.connectData?.());
    }
    if (clientId !== null) {
      data['client_id'] = clientId;
    }
    if (this.#capabilities.length > 0) {
      data['capabilities'] = this.#capabilities;
    }
    return Object.keys(data).length === 0 ? { event: 'connect' } : { event: 'connect', data };
  }
}

/** Whether the server's answer to `connect` agrees to an optional part of the protocol. */
export function agreesTo(capability: string, { data }: RealtimeMessage): boolean {
  const agreed = fieldOf(data, 'capabilities');
  return Array.isArray(agreed) && agreed.includes(capability);
}
