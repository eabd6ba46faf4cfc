import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import { RUNTIME_CONFIG } from '../../config/runtime-config';
import { CLOCK } from '../../rest/freshness';
import { NEXT_FRAME } from '../next-frame';
import { provideAppRealtime } from '../provide-app-realtime';
import { FakeFrames } from './fake-frames';
import { type FakeMessage, FakeServer } from './fake-server';

/**
 * The application's state over a server that the spec plays: its WebSocket, its REST answers, its clock and its
 * animation frames. Everything between is the real thing.
 */
export class LiveTesting {
  readonly server = FakeServer.install();
  readonly frames = new FakeFrames();
  /** What the clock shows, in milliseconds. */
  now = 0;

  readonly providers: (Provider | EnvironmentProviders)[] = [
    provideHttpClient(),
    provideHttpClientTesting(),
    provideAppRealtime(),
    { provide: RUNTIME_CONFIG, useValue: { websocketUrl: 'ws://server.test/ws/ws', restUrl: '' } },
    { provide: NEXT_FRAME, useValue: this.frames.next },
    { provide: CLOCK, useValue: () => this.now },
  ];

  /** Connects, and has it accepted. */
  connect(): void {
    TestBed.inject(RealtimeService).connect();
    this.server.accept();
  }

  /** Loses the connection and has it back. */
  reconnect(): void {
    TestBed.inject(RealtimeService).disconnect();
    this.connect();
  }

  /** Sends messages and draws the frame that shows them. */
  say(...messages: readonly FakeMessage[]): void {
    this.server.send(...messages);
    this.frames.draw();
  }

  /** The one open request for this path, with its query string if it has one. */
  request(url: string, method = 'GET'): TestRequest {
    return TestBed.inject(HttpTestingController).expectOne(
      (request) => request.urlWithParams === url && request.method === method,
    );
  }

  /** How many requests for this path wait for an answer; they are not offered to {@link request} any more. */
  asked(url: string): number {
    return TestBed.inject(HttpTestingController)
      .match((request) => request.urlWithParams === url)
      .filter(({ cancelled }) => !cancelled).length;
  }

  end(): void {
    this.server.uninstall();
  }
}
