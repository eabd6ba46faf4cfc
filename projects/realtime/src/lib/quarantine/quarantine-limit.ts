import { InjectionToken } from '@angular/core';

/** How many messages the quarantine keeps. */
export const QUARANTINE_LIMIT = new InjectionToken<number>(
  ngDevMode ? '@creative-autogpt/realtime quarantine limit' : '',
);
