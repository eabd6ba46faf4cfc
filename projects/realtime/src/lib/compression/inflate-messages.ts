import type { MonoTypeOperatorFunction } from 'rxjs';
import { inTurn } from '../connection/in-turn';
import { RealtimeError, textOf } from '../realtime-error';
import { fieldOf, type RealtimeMessage } from '../realtime-message';
import type { gunzip } from './gunzip';

/** What the chunk that inflates exports. */
export interface Inflating {
  readonly gunzip: typeof gunzip;
}

/**
 * Replaces each message with `encoding: 'gzip'` by what it was before. Messages behind it wait, so that the order stays,
 * the first time also for the code that inflates. One that cannot be inflated is left out and reported; the next one
 * asks for the code again, where that could not be loaded.
 *
 * @param limit bytes the inflated `data` of one message may have
 * @param load loads what inflates, when the first compressed message arrives
 */
export function inflateMessages(
  limit: number,
  report: (error: RealtimeError) => void,
  load: () => Promise<Inflating> = () => import('./gunzip'),
): MonoTypeOperatorFunction<RealtimeMessage> {
  let loaded: Inflating | undefined;
  const inflate = async (message: RealtimeMessage): Promise<RealtimeMessage> => {
    const { data } = message;
    if (typeof data !== 'string' && !isBytes(data)) {
      throw new TypeError(ngDevMode ? 'Its data is neither base64 nor bytes.' : '');
    }
    loaded ??= await load();
    const inflated: { event: string; [field: string]: unknown } = {
      ...message,
      data: JSON.parse(await loaded.gunzip(data, limit)),
    };
    delete inflated['encoding'];
    return inflated;
  };
  return inTurn((message, emit) => {
    if (message['encoding'] !== 'gzip') {
      emit(message);
      return undefined;
    }
    return inflate(message).then(emit, (cause: unknown) => {
      const { event } = message;
      report(
        new RealtimeError(
          'uninflatable-message',
          ngDevMode && `A compressed "${event}" message was ignored: ${textOf(cause)}`,
          { event, cause },
        ),
      );
    });
  });
}

/** Not `instanceof`: bytes may be of another realm, as in tests that run in a DOM of their own. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return tagOf(value) === '[object Uint8Array]' && tagOf(fieldOf(value, 'buffer')) === '[object ArrayBuffer]';
}
