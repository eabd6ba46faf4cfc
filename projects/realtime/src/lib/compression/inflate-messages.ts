import type { MonoTypeOperatorFunction } from 'rxjs';
import { inTurn } from '../connection/in-turn';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import type { gunzip } from './gunzip';

/** Undefined until the first compressed message arrives. */
let loaded: typeof gunzip | undefined;

/**
 * Replaces each message with `encoding: 'gzip'` by what it was before. Messages behind it wait, so that the order stays,
 * the first time also for the code that inflates. One that cannot be inflated is left out and reported.
 *
 * @param limit bytes the inflated `data` of one message may have
 */
export function inflateMessages(
  limit: number,
  report: (error: RealtimeError) => void,
): MonoTypeOperatorFunction<RealtimeMessage> {
  return inTurn((message, emit) => {
    if (message['encoding'] !== 'gzip') {
      emit(message);
      return undefined;
    }
    return inflate(message, limit).then(emit, (cause: unknown) => {
      const { event } = message;
      report(
        new RealtimeError(
          'uninflatable-message',
          ngDevMode && `A compressed "${event}" message was ignored: ${String(cause)}`,
          { event, cause },
        ),
      );
    });
  });
}

async function inflate(message: RealtimeMessage, limit: number): Promise<RealtimeMessage> {
  const { data } = message;
  if (typeof data !== 'string' && !isBytes(data)) {
    throw new TypeError('Its data is neither base64 nor bytes.');
  }
  loaded ??= (await import('./gunzip')).gunzip;
  const inflated: { event: string; [field: string]: unknown } = {
    ...message,
    data: JSON.parse(await loaded(data, limit)),
  };
  delete inflated['encoding'];
  return inflated;
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
