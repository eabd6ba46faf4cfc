import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import { LiveTesting } from '../realtime/testing/live-testing';
import { aHealth } from '../realtime/testing/samples';
import { Health } from '@creative-autogpt/protocol';
import { answerOf } from './answer-of';
import { RestClient } from './rest-client';
import { ServerReach } from './server-reach';

describe('ServerReach', () => {
  let live: LiveTesting;
  let reach: ServerReach;

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    reach = TestBed.inject(ServerReach);
  });

  const ask = async (respond: (request: ReturnType<LiveTesting['request']>) => void): Promise<void> => {
    const asked = answerOf(TestBed.inject(RestClient).get('/health', Health)).catch(() => null);
    respond(live.request('/health'));
    await asked;
  };
  const answer = () => ask((request) => request.flush(aHealth('offline')));
  const loseConnection = (): void => TestBed.inject(RealtimeService).disconnect();

  it('has the server within reach while the first connection is being made', () => {
    TestBed.inject(RealtimeService).connect();

    expect(reach.away()).toBe(false);
  });

  it('has the server away when the connection is lost, until it is back', () => {
    live.connect();
    loseConnection();
    expect(reach.away()).toBe(true);
    live.connect();

    expect(reach.away()).toBe(false);
  });

  it('has the server away between the attempts to reconnect', () => {
    live.connect().close(1006);
    live.socket.advance(30_000);

    expect(TestBed.inject(RealtimeService).status()).not.toBe('connected');
    expect(reach.away()).toBe(true);
  });

  it('has the server within reach when only the WebSocket does not come through', async () => {
    live.connect();
    loseConnection();
    await answer();

    expect(reach.away()).toBe(false);
  });

  it('has the server within reach when it refuses', async () => {
    live.connect();
    loseConnection();
    await ask((request) => request.flush({ detail: 'busy' }, { status: 503, statusText: 'busy' }));

    expect(reach.away()).toBe(false);
  });

  it('has the server away when a request does not reach it', async () => {
    live.connect();
    loseConnection();
    await answer();
    await ask((request) => request.error(new ProgressEvent('error')));

    expect(reach.away()).toBe(true);
  });

  it('does not count answers from before the connection was lost', async () => {
    live.connect();
    await answer();
    loseConnection();

    expect(reach.away()).toBe(true);
  });
});
