import { InjectionToken, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { lastSocket, useFakeBrowser } from '../spec-support/fake-web-socket';
import { withHeartbeat } from './heartbeat/with-heartbeat';
import { provideRealtime } from './provide-realtime';
import { RealtimeService } from './realtime-service';
import { withRetry } from './retry/with-retry';

describe('provideRealtime', () => {
  useFakeBrowser();

  it('refuses a feature that is given twice', () => {
    expect(() => provideRealtime({ url: 'ws://server.test/' }, withRetry(), withRetry())).toThrowError(
      /"retry" was given twice/,
    );
  });

  it('takes a configuration that is injected', () => {
    const address = new InjectionToken<string>('address');
    TestBed.configureTestingModule({
      providers: [
        { provide: address, useValue: 'ws://injected.test/' },
        provideRealtime(() => ({ url: inject(address) })),
      ],
    });

    TestBed.inject(RealtimeService).connect();

    expect(lastSocket().url).toBe('ws://injected.test/');
  });

  it('names the number of attempts', () => {
    TestBed.configureTestingModule({
      providers: [provideRealtime({ url: 'ws://server.test/' }, withRetry({ maxAttempts: 7 }))],
    });

    expect(TestBed.inject(RealtimeService).maxAttempts).toBe(7);
  });

  it('refuses retry options that are out of range', () => {
    expect(() => withRetry({ jitter: 2 })).toThrowError(RangeError, /jitter from 0 to 1/);
  });

  it('refuses a heartbeat without an interval', () => {
    expect(() => withHeartbeat({ interval: 0 })).toThrowError(RangeError, /positive/);
  });
});
