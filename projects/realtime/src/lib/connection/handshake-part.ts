import { InjectionToken } from '@angular/core';

/** What a feature adds to the `connect` message that opens every connection. */
export interface HandshakePart {
  /** Optional part of the protocol to ask for. */
  readonly capability?: string;
  /** Fields for `data`, read anew for every connection. */
  offer(): Readonly<Record<string, unknown>>;
}

export const HANDSHAKE_PARTS = new InjectionToken<readonly HandshakePart[]>(
  '@creative-autogpt/realtime handshake parts',
);
