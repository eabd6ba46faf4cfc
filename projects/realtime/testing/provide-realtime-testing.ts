import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { REALTIME_FRAMES, REALTIME_SCHEDULER, REALTIME_TRANSPORT } from '@creative-autogpt/realtime';
import { PlayedServer } from './played-server';
import { RealtimeTestingController } from './realtime-testing-controller';
import { virtualFrames } from './virtual-frames';
import { VirtualTime } from './virtual-time';

/**
 * Replaces the network, the clock and the animation frames of the realtime client by what
 * {@link RealtimeTestingController} plays. Everything between is the client as it is in production. Give it after
 * `provideRealtime()`.
 *
 * ```ts
 * TestBed.configureTestingModule({
 *   providers: [provideRealtime({ url: 'ws://server.test' }, withRetry()), provideRealtimeTesting()],
 * });
 * ```
 */
export function provideRealtimeTesting(): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: VirtualTime, useFactory: () => new VirtualTime() },
    PlayedServer,
    RealtimeTestingController,
    { provide: REALTIME_TRANSPORT, useExisting: PlayedServer },
    { provide: REALTIME_SCHEDULER, useExisting: VirtualTime },
    { provide: REALTIME_FRAMES, useFactory: virtualFrames },
  ]);
}
