import { isPlatformBrowser } from '@angular/common';
import { DOCUMENT, inject, Injector, PLATFORM_ID, runInInjectionContext } from '@angular/core';
import { Connection } from '../connection/connection';
import { SocketConnection } from '../connection/socket-connection';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { PageEvents } from '../lifecycle/page-events';
import { REALTIME_CONFIG, urlName } from '../realtime-config';
import { TAB_TOPICS } from '../subscriptions/tab-topics';
import { FollowingTab } from './following-tab';
import { LeadingTab } from './leading-tab';
import { SharedConnection } from './shared-connection';
import { nameOfTabs } from './tab-channel';
import { TabStream } from './tab-stream';

/** Which tabs share, and when a tab that hangs loses the socket. */
export interface SharedConnectionOptions {
  /**
   * Tabs of one origin that give the same name share a connection. Name it after the user where several may
   * be signed in at once: a function, called in the client's injection context, is asked each time the tab
   * begins to take part. It must not throw.
   * @default the URL; with a URL function, the name of the client
   */
  readonly name?: string | (() => string);
  /**
   * Milliseconds after which another tab takes the socket from one that gives no sign of life; a tab that
   * closes, crashes or is frozen gives it up at once. @default 15_000
   */
  readonly leaderTimeout?: number;
}

/**
 * One connection for all tabs of the browser: one tab keeps the socket, the others follow it, and the next
 * takes over when it goes. With `withRecovery()`, nothing is lost or doubled meanwhile.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withRecovery(), withSharedConnection())
 * ```
 *
 * Where the browser lacks or refuses Web Locks or BroadcastChannel (as on insecure origins), each tab has a
 * socket of its own.
 *
 * @throws RangeError in development builds when `leaderTimeout` is not a positive number.
 */
export function withSharedConnection(options: SharedConnectionOptions = {}): RealtimeExtension {
  const { leaderTimeout = 15_000 } = options;
  if (ngDevMode && !(leaderTimeout > 0)) {
    throw new RangeError('withSharedConnection: leaderTimeout must be a positive number of milliseconds.');
  }
  return {
    id: 'shared-connection',
    providers: [
      PageEvents,
      TabStream,
      LeadingTab,
      FollowingTab,
      { provide: Connection, useFactory: () => connection(leaderTimeout, options.name) },
    ],
  };
}

function connection(leaderTimeout: number, name: SharedConnectionOptions['name']): Connection {
  const injector = inject(Injector);
  const common = urlName(inject(REALTIME_CONFIG));
  const hasTopics = inject(TAB_TOPICS, { optional: true }) !== null;
  const tabs = (): string =>
    nameOfTabs(
      typeof name === 'function' ? runInInjectionContext(injector, name) : (name ?? common),
      hasTopics,
    );
  const view = isPlatformBrowser(inject(PLATFORM_ID)) ? inject(DOCUMENT).defaultView : null;
  const { locks, Channel } = meansOf(view);
  if (!locks || !Channel || !canOpen(Channel, tabs())) {
    return inject(SocketConnection);
  }
  return new SharedConnection({ locks, Channel, name: tabs, leaderTimeout });
}

/** A browser that keeps pages of this origin from storing anything may keep them from channels, too. */
function canOpen(Channel: typeof BroadcastChannel, name: string): boolean {
  try {
    new Channel(name).close();
    return true;
  } catch {
    return false;
  }
}

/** Both may be missing, whatever their types say, or refused. */
function meansOf(view: (Window & typeof globalThis) | null): {
  readonly locks?: LockManager | undefined;
  readonly Channel?: typeof BroadcastChannel | undefined;
} {
  try {
    return { locks: view?.navigator.locks, Channel: view?.BroadcastChannel };
  } catch {
    return {};
  }
}
