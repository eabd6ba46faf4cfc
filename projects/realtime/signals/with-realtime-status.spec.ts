import { TestBed } from '@angular/core/testing';
import { provideRealtime, RealtimeService, withRetry } from '@creative-autogpt/realtime';
import { withRealtimeStatus } from '@creative-autogpt/realtime/signals';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { signalStore } from '@ngrx/signals';

describe('withRealtimeStatus', () => {
  it('follows the connection', () => {
    const Store = signalStore({ providedIn: 'root' }, withRealtimeStatus());
    TestBed.configureTestingModule({
      providers: [provideRealtime({ url: 'ws://server.test' }, withRetry()), provideRealtimeTesting()],
    });
    const controller = TestBed.inject(RealtimeTestingController);
    const store = TestBed.inject(Store);
    const seen = () => [store.status(), store.attempt(), store.lastError()?.closeCode, store.maxAttempts];
    expect(seen()).toEqual(['disconnected', 0, undefined, 5]);
    TestBed.inject(RealtimeService).connect();
    controller.expectConnection().accept();
    expect(seen()).toEqual(['connected', 0, undefined, 5]);
    controller.drop();

    expect(seen()).toEqual(['disconnected', 1, 1006, 5]);
  });
});
