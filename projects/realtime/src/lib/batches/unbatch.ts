import { type MonoTypeOperatorFunction, Observable, type Subscriber } from 'rxjs';
import { RealtimeError } from '../realtime-error';
import { fieldOf, isRealtimeMessage, type RealtimeMessage } from '../realtime-message';
import type { CallerZone } from '../zones/caller-zone';

/**
 * Replaces each batch by the messages in it, in order, in the same turn. What is no message in it, or a batch
 * itself, is left out and reported once a batch.
 *
 * @param callers in whose zone the messages of a batch arrive together
 */
export function unbatch(
  callers: CallerZone,
  report: (error: RealtimeError) => void,
): MonoTypeOperatorFunction<RealtimeMessage> {
  return (messages) =>
    new Observable((subscriber) =>
      messages.subscribe({
        next: (message) => {
          if (message.event === 'batch') {
            unpack(message, subscriber, callers, report);
          } else {
            subscriber.next(message);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
}

function unpack(
  { data }: RealtimeMessage,
  subscriber: Subscriber<RealtimeMessage>,
  callers: CallerZone,
  report: (error: RealtimeError) => void,
): void {
  const events = fieldOf(data, 'events');
  if (!Array.isArray(events)) {
    report(undecodable(ngDevMode && 'A batch was ignored because its data has no "events" array.'));
    return;
  }
  let ignored = 0;
  callers.together(events, () => {
    for (const message of events as readonly unknown[]) {
      if (subscriber.closed) {
        return;
      }
      if (isRealtimeMessage(message) && message.event !== 'batch') {
        subscriber.next(message);
      } else {
        ignored += 1;
      }
    }
  });
  if (ignored > 0) {
    report(
      undecodable(
        ngDevMode &&
          `${ignored} of the ${events.length} entries of a batch were ignored because they are not objects with an ` +
            '"event" string, or are batches themselves.',
      ),
    );
  }
}

function undecodable(message: string | false | null): RealtimeError {
  return new RealtimeError('undecodable-frame', message, { event: 'batch' });
}
