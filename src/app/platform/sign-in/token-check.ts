import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { Overview } from '@creative-autogpt/protocol';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { answered, answerOf } from '../rest/answered';
import { bearer } from './authorized';

/**
 * Asks the server whether it accepts a token, before anything is done with it. Rejects with a `RestFailure`.
 */
export function injectTokenCheck(): (token: string) => Promise<unknown> {
  const http = inject(HttpClient);
  const { restUrl } = inject(RUNTIME_CONFIG);
  return (token) =>
    answerOf(http.get<unknown>(`${restUrl}/overview`, { headers: bearer(token) }).pipe(answered(Overview)));
}
