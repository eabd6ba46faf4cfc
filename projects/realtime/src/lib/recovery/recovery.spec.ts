import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { setUpClient } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { withRetry } from '../retry/with-retry';
import { RealtimeRecovery } from './realtime-recovery';
import type { RecoveryGap } from './recovery-gap';
import { isStreamPosition, type StreamPosition } from './stream-position';
import { withRecovery } from './with-recovery';

interface Connected {
  epoch?: string;
  offset?: number;
  recovered?: boolean;
}

describe('withRecovery', () => {
  useFakeBrowser();

  beforeEach(() => {
    sessionStorage.clear();
  });

  function setUp() {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test/' }, withRetry({ maxAttempts: Infinity }), withRecovery()),
      ],
    });
    const realtime = TestBed.inject(RealtimeService);
    const recovery = TestBed.inject(RealtimeRecovery);
    const seen: unknown[] = [];
    const gaps: RecoveryGap[] = [];
    realtime.messages.subscribe(({ event, id }) => seen.push(id ?? event));
    recovery.gaps.subscribe((gap) => gaps.push(gap));
    realtime.connect();
    lastSocket().accept();
    return { realtime, recovery, seen, gaps };
  }

  function answer(data: Connected): void {
    lastSocket().emit({ event: 'connected', data: { client_id: 'c1', ...data } });
  }

  function event(id: number): void {
    lastSocket().emit({ event: 'task.update', id });
  }

  function reconnect(): void {
    lastSocket().drop();
    jasmine.clock().tick(10_000);
    lastSocket().accept();
  }

  function offered(): StreamPosition | undefined {
    const data = lastSocket().sentMessages[0]?.['data'];
    const resume: unknown =
      typeof data === 'object' && data !== null && 'resume' in data ? data.resume : null;
    return isStreamPosition(resume) ? resume : undefined;
  }

  it('holds nothing back where there is no handshake, and says that what was missed is missing', () => {
    const realtime = setUpClient({ handshake: false }, [withRetry({ jitter: 0 }), withRecovery()]);
    const seen: unknown[] = [];
    const reasons: string[] = [];
    realtime.messages.subscribe(({ id }) => seen.push(id));
    TestBed.inject(RealtimeRecovery).gaps.subscribe(({ reason }) => reasons.push(reason));
    realtime.connect();
    lastSocket().accept();
    event(1);
    expect([seen, reasons]).toEqual([[1], []]);
    reconnect();
    event(2);

    expect([seen, reasons]).toEqual([[1, 2], ['not-supported']]);
  });

  it('asks for resuming without a position at first', () => {
    setUp();

    expect(lastSocket().sentMessages).toEqual([{ event: 'connect', data: { capabilities: ['resume'] } }]);
  });

  it('resumes from the last event', () => {
    setUp();
    answer({ epoch: 'e1', offset: 3 });
    event(4);
    event(9);
    reconnect();

    expect(offered()).toEqual({ epoch: 'e1', offset: 9 });
  });

  it('resumes before it has seen any event', () => {
    const { seen, gaps } = setUp();
    answer({ epoch: 'e1', offset: 0 });
    reconnect();
    expect(offered()).toEqual({ epoch: 'e1', offset: 0 });
    answer({ epoch: 'e1', offset: 1, recovered: true });
    event(1);

    expect(seen).toEqual(['connected', 'connected', 1]);
    expect(gaps).toEqual([]);
  });

  for (const id of ['-1', '100.5', '1e300', '1e400', '9007199254740993', '"2"', 'null']) {
    it(`takes the id ${id} for no offset: its message passes, and so do those behind it`, () => {
      const { realtime, seen } = setUp();
      const raw: unknown[] = [];
      realtime.subscribe('odd', (message) => raw.push(message));
      answer({ epoch: 'e1', offset: 0 });
      event(1);
      lastSocket().deliver(`{"event":"odd","id":${id}}`);
      event(2);
      reconnect();

      expect(raw.length).toBe(1);
      expect(seen.at(-1)).toBe(2);
      expect(offered()).toEqual({ epoch: 'e1', offset: 2 });
    });
  }

  for (const offset of [-1, 1.5, 2 ** 53]) {
    it(`takes ${offset} for no offset to go on from`, () => {
      setUp();
      answer({ epoch: 'e1', offset });
      reconnect();

      expect(offered()).toBeUndefined();
    });
  }

  it('drops what it has seen', () => {
    const { seen, recovery } = setUp();
    answer({ epoch: 'e1', offset: 0 });
    event(1);
    event(2);
    event(1);
    event(2);
    event(3);

    expect(seen).toEqual(['connected', 1, 2, 3]);
    expect(recovery.duplicates()).toBe(2);
  });

  it('drops live events that came before the answer, since the replay brings them again', () => {
    const { seen } = setUp();
    answer({ epoch: 'e1', offset: 0 });
    reconnect();
    lastSocket().emit({ event: 'task.update' });
    answer({ epoch: 'e1', offset: 1, recovered: true });
    event(1);

    expect(seen).toEqual(['connected', 'connected', 1]);
  });

  it('passes events that came before the first answer', () => {
    const { seen } = setUp();
    lastSocket().emit({ event: 'task.update' });
    expect(seen).toEqual([]);
    answer({ epoch: 'e1', offset: 1 });

    expect(seen).toEqual(['connected', 'task.update']);
  });

  it('reports a gap when the epoch changed, and goes on in the new one', () => {
    const { gaps, seen } = setUp();
    answer({ epoch: 'e1', offset: 7 });
    reconnect();
    answer({ epoch: 'e2', offset: 2, recovered: false });
    event(3);

    expect(gaps).toEqual([
      { reason: 'epoch-changed', from: { epoch: 'e1', offset: 7 }, to: { epoch: 'e2', offset: 2 } },
    ]);
    expect(seen.at(-1)).toBe(3);
  });

  it('reports a gap when the history was trimmed', () => {
    const { gaps } = setUp();
    answer({ epoch: 'e1', offset: 7 });
    reconnect();
    answer({ epoch: 'e1', offset: 9_000, recovered: false });

    expect(gaps.map(({ reason }) => reason)).toEqual(['history-trimmed']);
  });

  it('reports a gap for every reconnection to a server that does not resume', () => {
    const { gaps } = setUp();
    answer({});
    expect(gaps).toEqual([]);
    reconnect();
    answer({});
    reconnect();
    answer({});

    expect(gaps).toEqual([
      { reason: 'not-supported', from: null, to: null },
      { reason: 'not-supported', from: null, to: null },
    ]);
  });

  it('passes everything on from a server that never answers connect', () => {
    const { seen, gaps } = setUp();
    lastSocket().emit({ event: 'task.update' });
    jasmine.clock().tick(5_000);
    lastSocket().emit({ event: 'progress.update' });

    expect(seen).toEqual(['task.update', 'progress.update']);
    expect(gaps).toEqual([]);
  });

  it('resumes after a reload of the page within the tab', () => {
    setUp();
    answer({ epoch: 'e1', offset: 5 });
    window.dispatchEvent(new Event('pagehide'));
    TestBed.resetTestingModule();

    setUp();

    expect(offered()).toEqual({ epoch: 'e1', offset: 5 });
  });

  it('begins anew when what the tab kept is no position', () => {
    sessionStorage.setItem('@creative-autogpt/realtime position of ws://server.test/', '{"epoch":1}');

    setUp();

    expect(offered()).toBeUndefined();
  });

  it('delivers each event once and in order, wherever connections break', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 }), (bursts) => {
        TestBed.resetTestingModule();
        sessionStorage.clear();
        FakeWebSocket.sockets = [];
        const { seen, gaps } = setUp();
        let written = 0;
        answer({ epoch: 'e1', offset: 0 });
        for (const burst of bursts) {
          // Written while connected, but the connection breaks before the last of them arrives.
          for (let sent = 1; sent <= burst; sent += 1) {
            written += 1;
            if (sent < burst) {
              event(written);
            }
          }
          reconnect();
          answer({ epoch: 'e1', offset: written, recovered: true });
          for (let id = (offered()?.offset ?? 0) + 1; id <= written; id += 1) {
            event(id);
          }
        }
        const ids = seen.filter((item) => typeof item === 'number');
        return gaps.length === 0 && ids.length === written && ids.every((id, index) => id === index + 1);
      }),
      { numRuns: 50 },
    );
    expect().nothing();
  });
});
