import { NEVER, Observable, Subject } from 'rxjs';
import { isTabMessage, type TabMessage } from './tab-message';

/** Raised with every change to {@link TabMessage}: tabs of different versions of the library do not share. */
const VERSION = 4;

/** How the tabs of one connection talk to each other. */
export interface TabChannel {
  /** What other tabs say. */
  readonly messages: Observable<TabMessage>;
  /** Says something to all other tabs; silent once the channel is closed. */
  post(message: TabMessage): void;
}

/**
 * Name of the lock and of the channel of one shared connection.
 *
 * @param hasTopics whether the tabs keep topics, which a leading tab of an application without
 *   `withSubscriptions()` would not say to the server
 */
export function nameOfTabs(connection: string, hasTopics: boolean): string {
  return `@creative-autogpt/realtime ${VERSION}${hasTopics ? ' topics' : ''} ${connection}`;
}

/** A channel on which nobody says anything. */
export const SILENT_CHANNEL: TabChannel = { messages: NEVER, post: () => undefined };

/** Opens a channel for as long as it is subscribed. Errors when the browser refuses it. */
export function openTabChannel(Channel: typeof BroadcastChannel, name: string): Observable<TabChannel> {
  return new Observable((subscriber) => {
    const channel = new Channel(name);
    const messages = new Subject<TabMessage>();
    let open = true;
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isTabMessage(data)) {
        messages.next(data);
      }
    };
    subscriber.next({
      messages,
      post: (message) => {
        if (!open) {
          return;
        }
        try {
          channel.postMessage(message);
        } catch (error) {
          if (error instanceof DOMException && error.name === 'DataCloneError') {
            throw error;
          }
          // Not in the middle of what the caller is doing.
          queueMicrotask(() => subscriber.error(error));
        }
      },
    });
    return () => {
      open = false;
      channel.close();
    };
  });
}
