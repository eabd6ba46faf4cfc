import { createEnvironmentInjector, DOCUMENT, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { EMPTY, map, merge, tap } from 'rxjs';
import { RealtimeClients } from '../lib/clients/realtime-clients';
import { provideRealtime } from '../lib/provide-realtime';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { RealtimeService } from '../lib/realtime-service';
import { RealtimeRecovery } from '../lib/recovery/realtime-recovery';
import type { RecoveryGap } from '../lib/recovery/recovery-gap';
import { FakeChannels, FakeLocks, FakeTabTasks } from './fake-tab-boundary';
import { FakeWebSocket } from './fake-web-socket';

/** A browser with tabs that share locks and channels, and nothing else. */
export class FakeTabbedBrowser {
  readonly locks = new FakeLocks();
  readonly channels = new FakeChannels();
  readonly tabs: FakeTab[] = [];

  constructor(private readonly features: () => readonly RealtimeExtension[]) {}

  /** Opens a tab whose application connects at once. */
  openTab(): FakeTab {
    const tab = new FakeTab(this, `ws://server.test/?tab=${this.tabs.length}`, this.features());
    this.tabs.push(tab);
    tab.realtime.connect();
    return tab;
  }

  get living(): FakeTab[] {
    return this.tabs.filter(({ tasks }) => !tasks.isGone);
  }

  /** The tab that has a socket which it has not closed. */
  get leader(): FakeTab | undefined {
    return this.living.find((tab) => tab.socket);
  }
}

/** One tab with an application of its own. */
export class FakeTab {
  readonly tasks = new FakeTabTasks();
  readonly injector: EnvironmentInjector;
  readonly realtime: RealtimeService;
  /** Ids of events, names of other messages and gaps, as they came. */
  readonly log: unknown[] = [];
  readonly #window = new EventTarget();
  readonly #document = new EventTarget();

  constructor(
    private readonly browser: FakeTabbedBrowser,
    readonly url: string,
    features: readonly RealtimeExtension[],
  ) {
    Object.assign(this.#window, {
      navigator: { locks: browser.locks.of(this.tasks) },
      BroadcastChannel: browser.channels.of(this.tasks),
    });
    Object.assign(this.#document, { defaultView: this.#window });
    this.injector = createEnvironmentInjector(
      [
        RealtimeClients,
        { provide: DOCUMENT, useValue: this.#document },
        provideRealtime({ url }, ...features),
      ],
      TestBed.inject(EnvironmentInjector),
    );
    this.realtime = this.injector.get(RealtimeService);
    merge(
      this.realtime.messages.pipe(map(({ event, id }) => id ?? event)),
      this.injector.get(RealtimeRecovery, null)?.gaps ?? EMPTY,
    )
      .pipe(tap((entry) => this.log.push(entry)))
      .subscribe();
  }

  /** The socket of this tab that is connecting or open, if it has one. */
  get socket(): FakeWebSocket | undefined {
    return FakeWebSocket.sockets.find(
      ({ url, readyState }) => url === this.url && readyState < FakeWebSocket.CLOSING,
    );
  }

  /** The ids of the events it received. */
  get events(): number[] {
    return this.log.filter((entry) => typeof entry === 'number');
  }

  get gaps(): RecoveryGap[] {
    return this.log.filter(isGap);
  }

  /** A person closes the tab. */
  close(): void {
    this.#window.dispatchEvent(new PageTransitionEvent('pagehide'));
    this.crash();
  }

  /** The tab is gone without a word. */
  crash(): void {
    this.tasks.end();
    this.browser.channels.closeAllOf(this.tasks);
    this.browser.locks.releaseAllOf(this.tasks);
    this.injector.destroy();
  }

  freeze(): void {
    this.#document.dispatchEvent(new Event('freeze'));
    this.tasks.pause();
  }

  thaw(): void {
    this.tasks.goOn();
    this.#document.dispatchEvent(new Event('resume'));
  }

  /** A person looks at the tab. */
  show(): void {
    Object.assign(this.#document, { visibilityState: 'visible' });
    this.#document.dispatchEvent(new Event('visibilitychange'));
  }

  enterCache(): void {
    this.#window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  }

  leaveCache(): void {
    this.#window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  }

  /** A task that does not end keeps the tab from doing anything else. */
  hang(): void {
    this.tasks.pause();
  }

  unhang(): void {
    this.tasks.goOn();
  }
}

export function isGap(entry: unknown): entry is RecoveryGap {
  return typeof entry === 'object' && entry !== null && 'reason' in entry;
}

/** Lets everything happen that waits for nothing but its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}
