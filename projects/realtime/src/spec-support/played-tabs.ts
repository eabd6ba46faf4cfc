import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { tick } from './client';
import { type FakeTab, FakeTabbedBrowser, settled } from './fake-tab';
import { FakeWebSocket } from './fake-web-socket';
import { ResumingServer } from './resuming-server';

/** Milliseconds that pass at once: between two looks at the leader. */
const STEP = 5_000;

/** A browser with tabs and the server they talk to. */
export class PlayedTabs {
  readonly browser: FakeTabbedBrowser;
  readonly server: ResumingServer;

  /** @param features makes the features of each tab */
  constructor(features: () => readonly RealtimeExtension[]) {
    this.browser = new FakeTabbedBrowser(features);
    this.server = new ResumingServer(this.browser);
  }

  /** Opens tabs, which connect. */
  async open(count: number): Promise<readonly FakeTab[]> {
    const tabs = Array.from({ length: count }, () => this.browser.openTab());
    await this.calm();
    return tabs;
  }

  /** The server serves until nobody has anything to say any more. */
  async calm(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await settled();
      this.server.serve();
    }
    await settled();
  }

  /** Time passes, while the server serves. */
  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += STEP) {
      tick(STEP);
      await this.calm();
    }
  }

  /** Sockets that are connecting or open, whoever has them. */
  get openSockets(): number {
    return FakeWebSocket.sockets.filter(({ readyState }) => readyState < FakeWebSocket.CLOSING).length;
  }
}
