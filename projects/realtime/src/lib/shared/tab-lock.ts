import { Observable } from 'rxjs';
import { fieldOf } from '../realtime-message';

/**
 * The lock that each following tab holds while it is there. To the tab itself it emits once the lock is held;
 * to another tab, once the tab is gone.
 */
export type TabPresence = (tab: string) => Observable<void>;

/**
 * Waits for the lock and keeps it while subscribed. Emits once the lock is held, completes when it was taken
 * away.
 *
 * Where the browser refuses locks to the page altogether, it emits as if the lock were held: such a page (of
 * an opaque origin) has no other tab to share with.
 *
 * @param steal whether to take the lock from whoever holds it
 */
export function holdLock(locks: LockManager, name: string, steal: boolean): Observable<void> {
  return new Observable((subscriber) => {
    const withdrawal = new AbortController();
    let release = (): void => undefined;
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        release = resolve;
        if (subscriber.closed) {
          resolve();
        }
        subscriber.next();
      });
    // A promise also of what the browser throws at once.
    const request = async (): Promise<void> =>
      locks.request(name, steal ? { steal } : { signal: withdrawal.signal }, hold);
    request().then(
      () => subscriber.complete(),
      (error: unknown) => {
        if (fieldOf(error, 'name') === 'AbortError') {
          subscriber.complete();
        } else {
          subscriber.next();
        }
      },
    );
    return () => {
      withdrawal.abort();
      release();
    };
  });
}
