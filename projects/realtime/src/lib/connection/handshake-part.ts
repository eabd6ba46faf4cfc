import { InjectionToken } from '@angular/core';
import { fieldOf, type RealtimeMessage } from '../realtime-message';

/** What a feature adds to the `connect` message that opens every connection. */
export interface HandshakePart {
  /** Optional part of the protocol to ask for. */
  readonly capability?: string;
  /** Fields for `data`, read anew for every connection. */
  offer?(): Readonly<Record<string, unknown>>;
}

export const HANDSHAKE_PARTS = new InjectionToken<readonly HandshakePart[]>(
  ngDevMode ? '@creative-autogpt/realtime handshake parts' : '',
);

/** Whether the server's answer to `connect` agrees to an optional part of the protocol. */
export function agreesTo(capability: string, { data }: RealtimeMessage): boolean {
  const agreed = fieldOf(data, 'capabilities');
  return Array.isArray(agreed) && agreed.includes(capability);
}
