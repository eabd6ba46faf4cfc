import { InjectionToken } from '@angular/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RealtimeMessage } from '../realtime-message';

/** Takes the messages that failed validation. */
export interface RejectedMessages {
  add(message: RealtimeMessage, issues: readonly StandardSchemaV1.Issue[]): void;
}

/** Where they go; without it they are reported and forgotten. */
export const REJECTED_MESSAGES = new InjectionToken<RejectedMessages>(
  ngDevMode ? '@creative-autogpt/realtime rejected messages' : '',
);
