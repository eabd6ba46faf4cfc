import { InjectionToken } from '@angular/core';
import type { RealtimeMessage } from '@creative-autogpt/realtime';

/** What is recorded. */
export interface InspectorOptions {
  /** How many records are kept; the oldest go first. @default 500 */
  readonly limit?: number;
  /**
   * Takes out of a message what must not be recorded; called with each before it is. It must not change the
   * message but return another. Tokens and passwords are always taken out. @default nothing else
   */
  readonly redact?: (message: RealtimeMessage) => RealtimeMessage;
  /** Whether to record in production builds too. @default 'development' */
  readonly enabled?: 'development' | 'always';
}

/** The options as the inspector uses them. */
export interface InspectorSettings extends Required<Omit<InspectorOptions, 'enabled'>> {
  readonly isRecording: boolean;
}

export const INSPECTOR_SETTINGS = new InjectionToken<InspectorSettings>(
  '@creative-autogpt/realtime inspector settings',
);
