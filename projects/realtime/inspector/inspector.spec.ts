import { TestBed } from '@angular/core/testing';
import { type RealtimeExtension, withAuth, withCompression, withRetry } from '@creative-autogpt/realtime';
import { firstValueFrom } from 'rxjs';
import { setUpClient, tick } from '../src/spec-support/client';
import { lastSocket, useFakeBrowser } from '../src/spec-support/fake-web-socket';
import { gzipBase64 } from '../src/spec-support/gzip';
import type { InspectorOptions } from './inspector-options';
import type { InspectorRecord } from './inspector-record';
import { RealtimeInspector } from './realtime-inspector';
import { withInspector } from './with-inspector';

/** What `make` makes in a production build. */
function inProduction<T>(make: () => T): T {
  const development: unknown = Reflect.get(globalThis, 'ngDevMode');
  Object.assign(globalThis, { ngDevMode: false });
  try {
    return make();
  } finally {
    Object.assign(globalThis, { ngDevMode: development });
  }
}

function clientWith(...features: readonly RealtimeExtension[]) {
  const realtime = setUpClient({}, [withRetry({ jitter: 0 }), ...features]);
  const inspector = TestBed.inject(RealtimeInspector);
  realtime.connect();
  lastSocket().accept();
  return { realtime, inspector };
}

function inspectedClient(options?: InspectorOptions) {
  return clientWith(withInspector(options));
}

function kinds({ records }: RealtimeInspector): string[] {
  return records.map((record) => {
    switch (record.kind) {
      case 'frame':
        return `${record.direction} ${record.event ?? 'unreadable'}`;
      case 'state':
        return `${record.status} ${record.attempt}`;
      case 'error':
        return record.code;
    }
  });
}

function lastRecord({ records }: RealtimeInspector): InspectorRecord | undefined {
  return records.at(-1);
}

describe('withInspector', () => {
  useFakeBrowser();

  describe('records', () => {
    it('frames both ways, states and errors, in order', () => {
      const { inspector } = inspectedClient();
      lastSocket().emit({ event: 'connected' });
      lastSocket().drop();
      tick(1_000);

      expect(kinds(inspector)).toEqual([
        'disconnected 0',
        'connecting 0',
        'out connect',
        'connected 0',
        'in connected',
        'disconnected 1',
        'connection-closed',
      ]);
    });

    it('the time, size and message of a frame', () => {
      const { inspector } = inspectedClient();
      tick(500);
      lastSocket().deliver('{"event":"é","data":[1]}');

      expect(lastRecord(inspector)).toEqual({
        kind: 'frame',
        id: inspector.records.length,
        at: Date.now(),
        direction: 'in',
        event: 'é',
        bytes: 25,
        message: { event: 'é', data: [1] },
        withheld: null,
      });
    });

    it('no more than its limit, the latest', () => {
      const { inspector } = inspectedClient({ limit: 3 });
      for (const event of ['a', 'b', 'c', 'd']) {
        lastSocket().emit({ event });
      }

      expect(kinds(inspector)).toEqual(['in b', 'in c', 'in d']);
    });

    it('no more than four megabytes of messages', () => {
      const { inspector } = inspectedClient();
      const text = 'x'.repeat(250_000);
      for (let count = 0; count < 40; count += 1) {
        lastSocket().emit({ event: 'long', data: { text } });
      }
      const bytes = inspector.records.reduce(
        (sum, record) => sum + (record.kind === 'frame' ? record.bytes : 0),
        0,
      );

      expect(bytes).toBeLessThanOrEqual(4 * 1_048_576);
      expect(inspector.records.length).toBe(16);
    });

    it('that a frame was too large to keep its message', () => {
      const { inspector } = inspectedClient();
      lastSocket().emit({ event: 'huge', data: 'x'.repeat(300_000) });

      expect(lastRecord(inspector)).toEqual(
        jasmine.objectContaining({ event: 'huge', message: null, withheld: 'too-large' }),
      );
    });

    it('nothing while paused, and goes on after', () => {
      const { inspector } = inspectedClient();
      inspector.clear();
      inspector.pause();
      lastSocket().emit({ event: 'a' });
      inspector.resume();
      lastSocket().emit({ event: 'b' });

      expect(kinds(inspector)).toEqual(['in b']);
    });

    it('nothing in a production build', () => {
      const { inspector } = clientWith(inProduction(() => withInspector()));

      expect(inspector.isRecording).toBeFalse();
      expect(inspector.records).toEqual([]);
    });

    it('everything in a production build that asks for it', () => {
      const { inspector } = clientWith(inProduction(() => withInspector({ enabled: 'always' })));

      expect(kinds(inspector)).toContain('out connect');
    });
  });

  describe('redaction', () => {
    it('takes tokens out before recording', () => {
      const auth = withAuth({ token: () => 'hush', expiresAt: () => Date.now() + 120_000 });
      const { inspector } = clientWith(withInspector(), auth);
      lastSocket().emit({ event: 'connected', data: { capabilities: ['auth'] } });
      tick(60_000);

      expect(lastSocket().sentEvents).toEqual(['connect', 'authenticate']);
      expect(kinds(inspector)).toContain('out authenticate');
      expect(inspector.toJson()).not.toContain('hush');
    });

    it('is what the application says, and cannot bring a token back', () => {
      const { inspector } = inspectedClient({
        redact: (message) => ({ event: message.event, data: { token: 'hush', name: 'gone' } }),
      });
      lastSocket().emit({ event: 'person', data: { name: 'Ada' } });

      expect(lastRecord(inspector)).toEqual(
        jasmine.objectContaining({
          message: { event: 'person', data: { token: '[redacted]', name: 'gone' } },
        }),
      );
    });

    it('that throws keeps the message out, and disturbs nothing', () => {
      const { realtime, inspector } = inspectedClient({
        redact: () => {
          throw new Error('not mine');
        },
      });
      const seen: unknown[] = [];
      realtime.messages.subscribe(({ event }) => seen.push(event));
      lastSocket().emit({ event: 'person', data: { name: 'Ada' } });

      expect(seen).toEqual(['person']);
      expect(lastRecord(inspector)).toEqual(
        jasmine.objectContaining({ event: 'person', message: null, withheld: 'redact-failed' }),
      );
    });

    it('keeps out the errors that quote what was received', () => {
      const { inspector } = inspectedClient();
      lastSocket().deliver('secret, not JSON');

      expect(kinds(inspector).slice(-2)).toEqual(['in unreadable', 'undecodable-frame']);
      expect(inspector.toJson()).not.toContain('secret');
    });
  });

  it('records errors about compressed data without their text, which may quote it', async () => {
    const { realtime, inspector } = clientWith(withInspector(), withCompression());
    const reported = firstValueFrom(realtime.errors, { defaultValue: null });
    lastSocket().emit({ event: 'a', encoding: 'gzip', data: await gzipBase64('secret, not JSON') });
    await reported;

    expect(kinds(inspector).at(-1)).toBe('uninflatable-message');
    expect(inspector.toJson()).not.toContain('secret');
  });

  it('is exported as JSON with ISO times', () => {
    const { inspector } = inspectedClient();
    inspector.clear();
    lastSocket().emit({ event: 'a' });

    expect(JSON.parse(inspector.toJson())).toEqual({
      exportedAt: '2026-01-23T00:00:00.000Z',
      records: [
        jasmine.objectContaining({
          at: '2026-01-23T00:00:00.000Z',
          direction: 'in',
          message: { event: 'a' },
        }),
      ],
    });
  });

  it('refuses a limit out of range', () => {
    expect(() => withInspector({ limit: 0 })).toThrowError(RangeError);
  });
});
