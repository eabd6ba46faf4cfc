import { EMPTY, filter, firstValueFrom } from 'rxjs';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withRetry } from '../retry/with-retry';
import type { RealtimeService } from '../realtime-service';
import { JSON_CODEC } from './realtime-codec';
import type { RealtimeCodec, SubprotocolCodec } from './realtime-codec';
import { withCodec } from './with-codec';

/** JSON behind a mark, so that a spec sees who wrote a frame. */
const MARKED: RealtimeCodec = {
  name: 'marked JSON',
  decode: (frame): unknown => (typeof frame === 'string' ? JSON.parse(frame.slice(1)) : frame),
  encode: (message) => `!${JSON.stringify(message)}`,
};

/** A codec that is loaded when the spec says so. */
class SlowCodec implements SubprotocolCodec {
  readonly protocol = 'slow';
  loads = 0;
  finish: (codec: RealtimeCodec) => void = () => EMPTY;
  fail: (error: Error) => void = () => EMPTY;

  load(): Promise<RealtimeCodec> {
    this.loads += 1;
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
  }
}

describe('withCodec', () => {
  useFakeBrowser();

  let codec: SlowCodec;
  let realtime: RealtimeService;
  let seen: string[];
  let errors: string[];

  beforeEach(() => {
    codec = new SlowCodec();
    realtime = setUpClient({ protocols: ['plain'] }, [withCodec(codec), withRetry({ jitter: 0 })]);
    seen = [];
    errors = [];
    realtime.messages.subscribe(({ event }) => seen.push(event));
    realtime.errors.subscribe(({ code }) => errors.push(code));
    realtime.connect();
  });

  function whenConnected(): Promise<unknown> {
    return firstValueFrom(realtime.statusChanges.pipe(filter((status) => status === 'connected')), {
      defaultValue: null,
    });
  }

  async function connectWithCodec(): Promise<void> {
    lastSocket().accept('slow');
    codec.finish(MARKED);
    await whenConnected();
  }

  it('offers its subprotocol before those of the configuration', () => {
    expect(lastSocket().protocols).toEqual(['slow', 'plain']);
  });

  it('speaks JSON where the server agreed to another subprotocol, without loading', () => {
    lastSocket().accept('plain');

    expect(lastSocket().sentEvents).toEqual(['connect']);
    expect(codec.loads).toBe(0);
  });

  it('reads and writes with the codec that was agreed', async () => {
    await connectWithCodec();

    lastSocket().deliver('!{"event":"a"}');

    expect(seen).toEqual(['a']);
    expect(lastSocket().sent).toEqual(['!{"event":"connect"}']);
  });

  it('is not connected and refuses to send while the codec loads', async () => {
    lastSocket().accept('slow');

    expect(realtime.status()).toBe('connecting');
    expect(realtime.send({ event: 'feedback' })).toBeFalse();
    codec.finish(MARKED);
    await whenConnected();

    expect(realtime.send({ event: 'feedback' })).toBeTrue();
  });

  it('gives out what arrived while the codec loaded, in order, before what comes later', async () => {
    lastSocket().accept('slow');
    lastSocket().deliver('!{"event":"a"}');
    lastSocket().deliver('!{"event":"b"}');
    codec.finish(MARKED);
    await whenConnected();
    lastSocket().deliver('!{"event":"c"}');

    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('loads once, and reconnects at once with what it has', async () => {
    await connectWithCodec();
    lastSocket().endWith(1012);
    tick(1_000);

    lastSocket().accept('slow');

    expect(codec.loads).toBe(1);
    expect(realtime.status()).toBe('connected');
  });

  it('reports frames that the codec cannot read, and goes on', async () => {
    await connectWithCodec();

    lastSocket().deliver('!?');
    lastSocket().deliver('!{"event":"a"}');

    expect(errors).toEqual(['undecodable-frame']);
    expect(seen).toEqual(['a']);
  });

  it('connects without the offer at once when a socket with it does not open', () => {
    lastSocket().drop();

    expect(FakeWebSocket.sockets.length).toBe(2);
    expect(lastSocket().protocols).toEqual(['plain']);
    lastSocket().accept();

    expect(realtime.status()).toBe('connected');
    expect(errors).toEqual([]);
  });

  it('offers nothing for a minute to a server that refused the offer', () => {
    lastSocket().drop();
    lastSocket().accept();
    tick(58_999);
    lastSocket().endWith(1012);
    tick(1_000);

    expect(lastSocket().protocols).toEqual(['plain']);
  });

  it('offers again after a minute, since the server may be another one by then', async () => {
    lastSocket().drop();
    lastSocket().accept();
    tick(59_000);
    lastSocket().endWith(1012);
    tick(1_000);
    expect(lastSocket().protocols).toEqual(['slow', 'plain']);
    await connectWithCodec();

    expect(lastSocket().sent).toEqual(['!{"event":"connect"}']);
  });

  it('offers again after a server that did not open either', () => {
    lastSocket().drop();
    lastSocket().drop();
    tick(1_000);

    expect(lastSocket().protocols).toEqual(['slow', 'plain']);
  });

  it('takes a close after opening as what its code says', () => {
    lastSocket().accept('slow');
    lastSocket().endWith(4403);

    expect(realtime.status()).toBe('error');
    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('speaks JSON when the codec cannot be loaded, and says so', async () => {
    const [first] = FakeWebSocket.sockets;
    lastSocket().accept('slow');
    const reported = firstValueFrom(realtime.errors, { defaultValue: null });
    codec.fail(new Error('404'));

    expect((await reported)?.code).toBe('codec-unavailable');
    expect(first?.closedWith?.code).toBe(1000);
    lastSocket().accept('plain');

    expect(lastSocket().protocols).toEqual(['plain']);
    expect(JSON_CODEC.name).toBe('JSON');
    expect(lastSocket().sentEvents).toEqual(['connect']);
  });
});

describe('a client whose codec cannot be had', () => {
  useFakeBrowser();

  it('speaks JSON when the function that loads it throws', async () => {
    const codec: SubprotocolCodec = {
      protocol: 'broken',
      load: () => {
        throw new Error('no');
      },
    };
    const realtime = setUpClient({}, [withCodec(codec)]);
    const reported = firstValueFrom(realtime.errors, { defaultValue: null });
    realtime.connect();
    lastSocket().accept('broken');
    expect((await reported)?.code).toBe('codec-unavailable');
    lastSocket().accept();

    expect([realtime.status(), lastSocket().protocols]).toEqual(['connected', []]);
  });

  it('speaks JSON with the next attempt when it did not load in time', () => {
    const codec = new SlowCodec();
    const realtime = setUpClient({ connectTimeout: 2_000 }, [withCodec(codec), withRetry({ jitter: 0 })]);
    realtime.connect();
    lastSocket().accept('slow');
    tick(3_000);
    expect(lastSocket().protocols).toEqual([]);
    lastSocket().accept();

    expect(realtime.status()).toBe('connected');
  });

  it('uses for the next attempt what loaded too late', async () => {
    const codec = new SlowCodec();
    const realtime = setUpClient({ connectTimeout: 2_000 }, [withCodec(codec), withRetry({ jitter: 0 })]);
    realtime.connect();
    lastSocket().accept('slow');
    tick(2_000);
    codec.finish(MARKED);
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.resolve();
    }
    tick(1_000);
    lastSocket().accept('slow');

    expect([realtime.status(), codec.loads]).toEqual(['connected', 1]);
  });

  it('counts the loading as part of connecting, which may time out', () => {
    const codec = new SlowCodec();
    const realtime = setUpClient({ connectTimeout: 2_000 }, [withCodec(codec)]);
    realtime.connect();
    lastSocket().accept('slow');

    tick(2_000);

    expect(realtime.lastError()?.code).toBe('connect-timeout');
  });
});
