import { inject, Injectable, signal } from '@angular/core';
import { defer, type Observable } from 'rxjs';
import { injectAll } from '../inject-all';
import { REALTIME_CONFIG } from '../realtime-config';
import { fieldOf, type RealtimeMessage } from '../realtime-message';
import { HANDSHAKE_PARTS } from './handshake-part';
import type { LinkCompanion, RealtimeLink } from './realtime-link';
import { usedBy } from './used-by';

/**
 * Opens every connection with `connect` and learns the client id from `connected`. It waits for nothing: a server
 * that never answers serves this client all the same.
 */
@Injectable()
export class Handshake implements LinkCompanion {
  readonly #parts = injectAll(HANDSHAKE_PARTS);
  readonly #capabilities = new Set([
    ...(inject(REALTIME_CONFIG).capabilities ?? []),
    ...this.#parts.flatMap(({ capability }) => capability ?? []),
  ]);
  readonly #id = signal<string | null>(null);

  /** Id that the server gave this client, kept across reconnections; null until it has answered once. */
  readonly clientId = this.#id.asReadonly();

  accompany(link: RealtimeLink): Observable<never> {
    return defer(() => {
      link.send(this.#greeting());
      return link.answers.pipe(usedBy((message) => this.learn(message)));
    });
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
    const data = this.#parts.reduce<Record<string, unknown>>(
      (all, part) => ({ ...all, ...part.offer?.() }),
      {},
    );
    if (clientId !== null) {
      data['client_id'] = clientId;
    }
    if (this.#capabilities.size > 0) {
      data['capabilities'] = [...this.#capabilities];
    }
    return Object.keys(data).length === 0 ? { event: 'connect' } : { event: 'connect', data };
  }
}
