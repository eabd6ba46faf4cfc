import { TestBed } from '@angular/core/testing';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { provideRealtime } from '../provide-realtime';
import type { RealtimeMessage } from '../realtime-message';
import { RealtimeService } from '../realtime-service';
import { defineEvent } from './event-definition';

/** Thrown values may have no text: to ask for it throws again. */
const TEXTLESS: unknown = Object.create(null);

describe('what an application gives and what fails', () => {
  useFakeBrowser();

  let realtime: RealtimeService;
  let errors: unknown[];

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRealtime({ url: 'ws://server.test/' })] });
    realtime = TestBed.inject(RealtimeService);
    errors = [];
    realtime.errors.subscribe(({ code, event, cause }) => errors.push([code, event, cause]));
    realtime.connect();
    lastSocket().accept();
  });

  function emit(...numbers: readonly number[]): void {
    numbers.forEach((n) => lastSocket().emit({ event: 'n', n }));
  }

  it('a handler that rejects is reported with its event, and called with the next message', async () => {
    const seen: unknown[] = [];
    const handler: (message: RealtimeMessage) => unknown = async (message) => {
      seen.push(message['n']);
      await Promise.reject(new Error('later'));
    };
    realtime.subscribe('n', handler);
    emit(1, 2);
    await settled();

    const report = ['handler-failed', 'n', new Error('later')];
    expect(errors).toEqual([report, report]);
    expect(seen).toEqual([1, 2]);
  });

  it('a handler that throws what has no text is reported, and called with the next message', () => {
    let calls = 0;
    realtime.subscribe('n', () => {
      calls += 1;
      throw TEXTLESS;
    });
    emit(1, 2);

    expect(calls).toBe(2);
    expect(errors).toEqual([
      ['handler-failed', 'n', TEXTLESS],
      ['handler-failed', 'n', TEXTLESS],
    ]);
  });

  it('a conflate function that throws is reported with its event, and costs no message', () => {
    const seen: unknown[] = [];
    const conflate = (message: RealtimeMessage): unknown => {
      const n = message['n'];
      if (n !== 3) {
        throw new Error('no key');
      }
      return n;
    };
    realtime
      .batched(defineEvent('n'), { conflate })
      .subscribe((messages) => seen.push(messages.map((message) => message['n'])));
    emit(1, 2, 3, 3);
    jasmine.clock().tick(250);

    const report = ['handler-failed', 'n', new Error('no key')];
    expect(errors).toEqual([report, report]);
    expect(seen).toEqual([[1, 2, 3]]);
  });

  const answers: Record<string, () => Promise<StandardSchemaV1.Result<unknown>>> = {
    'rejects with what has no text': () =>
      Promise.resolve().then(() => {
        throw TEXTLESS;
      }),
    'answers later with what cannot be read': () =>
      Promise.resolve({
        get issues(): readonly StandardSchemaV1.Issue[] {
          throw new Error('unreadable');
        },
      }),
  };
  for (const [what, answer] of Object.entries(answers)) {
    it(`a schema that ${what} keeps back no message but its own`, async () => {
      const results = [answer(), { value: 'second' }];
      const seen: unknown[] = [];
      const schema: StandardSchemaV1<unknown, unknown> = {
        '~standard': {
          version: 1,
          vendor: 'spec',
          validate: () => results.shift() ?? { issues: [] },
        },
      };
      realtime.on(defineEvent('n', schema)).subscribe((message) => seen.push(message));
      emit(1, 2);
      await settled();

      expect(seen).toEqual(['second']);
      expect(errors).toEqual([['invalid-message', 'n', jasmine.anything()]]);
    });
  }
});
