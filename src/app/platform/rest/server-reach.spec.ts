import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import { LiveTesting } from '../../testing/live-testing';
import { aHealth, anOverview } from '../../testing/samples';
import { CLOSE_CODES, Overview } from '@creative-autogpt/protocol';
import { answerOf } from './answered';
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
    const asked = answerOf(TestBed.inject(RestClient).get('/overview', Overview)).catch(() => null);
    respond(live.request('/overview'));
    await asked;
  };
  const answer = () => ask((request) => request.flush(anOverview(0)));
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
    live.connect().close(CLOSE_CODES.lost);
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

  describe('asks by itself, since pages ask for nothing while the server is away:', () => {
    const health = () => {
      TestBed.tick();
      return live.request('/health');
    };

    it('the server is within reach when only the WebSocket is lost', () => {
      live.connect();
      loseConnection();
      health().flush(aHealth('offline'));

      expect(reach.away()).toBe(false);
    });

    it('the server is within reach when the connection was refused for good', () => {
      live.connect().close(CLOSE_CODES.forbidden);
      health().flush(aHealth('offline'));

      expect(TestBed.inject(RealtimeService).status()).toBe('error');
      expect(reach.away()).toBe(false);
    });

    it('the server is within reach when it says that it is not well', () => {
      live.connect();
      loseConnection();
      health().flush({ detail: 'no store' }, { status: 503, statusText: 'unavailable' });

      expect(reach.away()).toBe(false);
    });

    it('the server is away until an answer comes after one of the attempts', () => {
      live.connect().close(CLOSE_CODES.lost);
      health().error(new ProgressEvent('error'));
      expect(reach.away()).toBe(true);
      live.socket.advance(5_000);
      live.socket.expectConnection().refuse();
      health().flush(aHealth('offline'));

      expect(TestBed.inject(RealtimeService).attempt()).toBe(2);
      expect(reach.away()).toBe(false);
    });

    it('nothing while connected', () => {
      live.connect();
      TestBed.tick();

      expect(live.asked('/health')).toBe(0);
    });
  });
});
