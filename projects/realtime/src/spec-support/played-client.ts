import { TestBed } from '@angular/core/testing';
import {
  provideRealtime,
  type RealtimeConfig,
  type RealtimeExtension,
  RealtimeService,
  withHeartbeat,
  withRetry,
} from '@creative-autogpt/realtime';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';

/** A client over a played server, not connected yet. */
export function playedClient(
  features: readonly RealtimeExtension[] = [withRetry({ jitter: 0 }), withHeartbeat()],
  config: Partial<RealtimeConfig> = {},
) {
  TestBed.configureTestingModule({
    providers: [
      provideRealtime({ url: 'ws://server.test', ...config }, ...features),
      provideRealtimeTesting(),
    ],
  });
  return {
    controller: TestBed.inject(RealtimeTestingController),
    realtime: TestBed.inject(RealtimeService),
  };
}
