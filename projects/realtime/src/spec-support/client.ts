import { TestBed } from '@angular/core/testing';
import { provideRealtime } from '../lib/provide-realtime';
import type { RealtimeConfig } from '../lib/realtime-config';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { RealtimeService } from '../lib/realtime-service';
import { withRetry } from '../lib/retry/with-retry';
import { lastSocket } from './fake-web-socket';

export const SERVER_URL = 'ws://server.test/ws/ws';

/** A client as an application would get it, not connected yet. */
export function setUpClient(
  config: Partial<RealtimeConfig> = {},
  features: readonly RealtimeExtension[] = [withRetry({ jitter: 0 })],
): RealtimeService {
  TestBed.configureTestingModule({
    providers: [provideRealtime({ url: SERVER_URL, ...config }, ...features)],
  });
  return TestBed.inject(RealtimeService);
}

/** A client whose socket the server has accepted. */
export function connectedClient(...setUp: Parameters<typeof setUpClient>): RealtimeService {
  const realtime = setUpClient(...setUp);
  realtime.connect();
  lastSocket().accept();
  return realtime;
}

export function tick(milliseconds: number): void {
  jasmine.clock().tick(milliseconds);
}
