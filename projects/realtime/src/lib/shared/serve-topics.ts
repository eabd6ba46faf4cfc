import { defer, EMPTY, ignoreElements, mergeMap, type Observable, take, tap } from 'rxjs';
import type { TabTopics } from '../subscriptions/tab-topics';
import type { TabPresence } from './tab-lock';
import type { TabMessage } from './tab-message';

/**
 * Keeps what the following tabs keep, each of them until it is gone: every following tab holds a lock, which
 * the browser frees when the tab is closed, crashes or is discarded.
 */
export function serveTopics(
  topics: TabTopics,
  messages: Observable<TabMessage>,
  presenceOf: TabPresence,
): Observable<never> {
  return defer(() => {
    const watched = new Set<string>();
    return messages.pipe(
      mergeMap((message) => {
        if (message.kind === 'topic') {
          topics.change(message.from, message);
        }
        if (message.kind !== 'hello') {
          return EMPTY;
        }
        const { from } = message;
        topics.join(from, message.topics);
        if (watched.has(from)) {
          return EMPTY;
        }
        watched.add(from);
        return presenceOf(from).pipe(
          take(1),
          tap(() => {
            watched.delete(from);
            topics.forget(from);
          }),
        );
      }),
      ignoreElements(),
    );
  });
}
