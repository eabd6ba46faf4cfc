import { ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  provideRealtime,
  type RealtimeExtension,
  RealtimeService,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import { type RealtimeReloadOptions, withRealtimeReload } from '@creative-autogpt/realtime/signals';
import {
  type AcceptOptions,
  provideRealtimeTesting,
  RealtimeTestingController,
} from '@creative-autogpt/realtime/testing';
import { signalStore, withMethods } from '@ngrx/signals';

describe('withRealtimeReload', () => {
  let controller: RealtimeTestingController;
  let loads: number;
  let thrown: unknown[];

  beforeEach(() => {
    sessionStorage.clear();
    loads = 0;
    thrown = [];
  });

  const provide = (...features: readonly RealtimeExtension[]): void => {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test' }, withRetry({ jitter: 0 }), ...features),
        provideRealtimeTesting(),
        { provide: ErrorHandler, useValue: { handleError: (error: unknown) => thrown.push(error) } },
      ],
    });
    controller = TestBed.inject(RealtimeTestingController);
  };
  const makeStore = (options?: RealtimeReloadOptions, load = (): unknown => (loads += 1)): void => {
    const Store = signalStore(
      { providedIn: 'root' },
      withMethods(() => ({ load })),
      withRealtimeReload((store) => store.load(), options),
    );
    TestBed.inject(Store);
  };
  const connect = (): void => {
    TestBed.inject(RealtimeService).connect();
    controller.expectConnection().accept();
  };
  const reconnect = (connected: AcceptOptions['connected'] = {}): void => {
    controller.drop();
    controller.advance(10_000);
    controller.expectConnection().accept({ connected });
  };

  describe('without recovery', () => {
    it('loads on every reconnection', () => {
      provide();
      makeStore();
      connect();
      expect(loads).toBe(0);
      reconnect();
      reconnect();

      expect(loads).toBe(2);
    });

    it('loads on the reconnections of a connection that was open before the store', () => {
      provide();
      connect();
      makeStore();
      reconnect();

      expect(loads).toBe(1);
    });

    it('loads on the first connection where the store asks for it', () => {
      provide();
      makeStore({ onFirstConnection: true });
      connect();
      reconnect();

      expect(loads).toBe(2);
    });

    it('takes no connection for the first that was open before the store', () => {
      provide();
      connect();
      makeStore({ onFirstConnection: true });

      expect(loads).toBe(0);
    });

    it('hands what loading rejects with to the ErrorHandler', async () => {
      provide();
      makeStore({}, () => Promise.reject(new Error('offline')));
      connect();
      reconnect();
      await Promise.resolve();

      expect(thrown).toEqual([new Error('offline')]);
    });

    it('hands what loading throws to the ErrorHandler, and loads the next time', () => {
      provide();
      makeStore({}, () => {
        loads += 1;
        throw new Error('no');
      });
      connect();
      reconnect();
      reconnect();

      expect([loads, thrown.length]).toEqual([2, 2]);
    });
  });

  describe('with recovery', () => {
    it('S13: does not load when everything that was missed arrives', () => {
      provide(withRecovery());
      makeStore();
      connect();
      reconnect();

      expect(loads).toBe(0);
    });

    it('S14: loads on every gap', () => {
      provide(withRecovery());
      makeStore();
      connect();
      reconnect({ epoch: 'another', offset: 9, recovered: false });

      expect(loads).toBe(1);
    });
  });
});
