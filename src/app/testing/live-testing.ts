import { CLOSE_CODES } from '@creative-autogpt/protocol';
import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type RealtimeExtension, type RealtimeMessage, RealtimeService } from '@creative-autogpt/realtime';
import {
  provideRealtimeTesting,
  RealtimeTestingController,
  type TestConnection,
} from '@creative-autogpt/realtime/testing';
import { RUNTIME_CONFIG } from '../platform/config/runtime-config';
import { authorized } from '../platform/sign-in/authorized';
import { provideAppRealtime } from '../data/realtime/provide-app-realtime';

/**
 * The application's state over a server that the spec plays: its WebSocket with its clock and its animation
 * frames, and its REST answers. Everything between is the real thing.
 */
export class LiveTesting {
  readonly providers: (Provider | EnvironmentProviders)[];

  /** @param further extensions of the connection, besides those that every application has */
  constructor(...further: readonly RealtimeExtension[]) {
    this.providers = [
      provideHttpClient(withInterceptors([authorized])),
      provideHttpClientTesting(),
      provideAppRealtime(...further),
      provideRealtimeTesting(),
      { provide: RUNTIME_CONFIG, useValue: { websocketUrl: 'ws://server.test/ws/ws', restUrl: '' } },
    ];
  }

  /** The server's end of the WebSocket. */
  get socket(): RealtimeTestingController {
    return TestBed.inject(RealtimeTestingController);
  }

  /** Connects, and has it accepted. */
  connect(): TestConnection {
    TestBed.inject(RealtimeService).connect();
    return this.socket.expectConnection().accept();
  }

  /** Loses the connection and has it back, with nothing missed. */
  reconnect(): void {
    TestBed.inject(RealtimeService).disconnect();
    this.connect();
  }

  /** Loses the connection and has it back from a server whose history is another one by now. */
  reconnectWithGap(): void {
    const realtime = TestBed.inject(RealtimeService);
    realtime.disconnect();
    realtime.connect();
    this.socket.expectConnection().accept({ connected: { epoch: 'another', recovered: false } });
  }

  /** Sends messages and draws the frame that shows them. */
  say(...messages: readonly RealtimeMessage[]): void {
    messages.forEach((message) => this.socket.emit(message));
    this.socket.nextFrame();
  }

  /**
   * What the client has sent since this was last asked, without its handshakes and the ids of its messages.
   */
  heard(): readonly RealtimeMessage[] {
    return this.socket.matchSent().map(({ message: { id: _, ...message } }) => message);
  }

  /** Has the server refuse the connection, as it does for a client without a valid token. */
  refuseEverybody(): void {
    const realtime = TestBed.inject(RealtimeService);
    realtime.disconnect();
    realtime.connect();
    this.socket.expectConnection().accept().close(CLOSE_CODES.unauthenticated);
    this.socket.expectConnection().accept().close(CLOSE_CODES.unauthenticated);
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
}
