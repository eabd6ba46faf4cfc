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
 * Replaces each message with `encoding: 'gzip'` by what it was before, in a batch as well. Messages behind it
 * wait, so that the order stays, the first time also for the code that inflates. One that cannot be inflated
 * is left out and reported; the next one asks for the code again, where that could not be loaded.
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

  const inflate = async <Message extends object>(message: Message): Promise<Message> => {
    const compressed = fieldOf(message, 'data');
    if (typeof compressed !== 'string' && !isBytes(compressed)) {
      throw new TypeError(ngDevMode ? 'Its data is neither base64 nor bytes.' : '');
    }
    loaded ??= await load();
    const data: unknown = JSON.parse(await loaded.gunzip(compressed, limit));
    const inflated = { ...message, data };
    Reflect.deleteProperty(inflated, 'encoding');
    return inflated;
  };

  /** @returns what the message was before, or nothing where that is not to be had */
  const inflated = async <Message extends object>(message: Message): Promise<readonly Message[]> => {
    try {
      return [await inflate(message)];
    } catch (cause) {
      const event = String(fieldOf(message, 'event'));
      report(
        new RealtimeError(
          'uninflatable-message',
          ngDevMode && `A compressed "${event}" message was ignored: ${textOf(cause)}`,
          { event, cause },
        ),
      );
      return [];
    }
  };

  const inflateBatch = async (
    batch: RealtimeMessage,
    entries: readonly unknown[],
  ): Promise<RealtimeMessage> => {
    const events: unknown[] = [];
    for (const entry of entries) {
      events.push(...(isCompressed(entry) ? await inflated(entry) : [entry]));
    }
    return { ...batch, data: { events } };
  };

  return inTurn((message, emit) => {
    if (message['encoding'] === 'gzip') {
      return inflated(message).then((messages) => messages.forEach(emit));
    }
    const entries = message.event === 'batch' ? fieldOf(message['data'], 'events') : null;
    if (Array.isArray(entries) && entries.some(isCompressed)) {
      return inflateBatch(message, entries).then(emit);
    }
    emit(message);
    return undefined;
  });
}

function isCompressed(value: unknown): value is { readonly encoding: 'gzip' } {
  return fieldOf(value, 'encoding') === 'gzip';
}

/** Not `instanceof`: bytes may be of another realm, as in tests that run in a DOM of their own. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return tagOf(value) === '[object Uint8Array]' && tagOf(fieldOf(value, 'buffer')) === '[object ArrayBuffer]';
}
