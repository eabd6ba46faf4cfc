import { TestBed } from '@angular/core/testing';
import { CLOSE_CODES, type CloseCodeName, retryAfterReason } from '@creative-autogpt/protocol';
import { type CloseAction, DEFAULT_CLOSE_POLICY, RealtimeService } from '@creative-autogpt/realtime';
import { LiveTesting } from '../../testing/live-testing';

/**
 * What docs/PROTOCOL.md asks of a client after each close code. 4401 stands here for the second 4401 in a
 * row.
 */
const AFTER_CLOSE: Readonly<Record<(typeof CLOSE_CODES)[CloseCodeName], CloseAction>> = {
  [CLOSE_CODES.ended]: 'end',
  [CLOSE_CODES.goingAway]: 'retry',
  [CLOSE_CODES.lost]: 'retry',
  [CLOSE_CODES.refused]: 'fail',
  [CLOSE_CODES.tooLarge]: 'fail',
  [CLOSE_CODES.failed]: 'retry',
  [CLOSE_CODES.restarting]: 'retry',
  [CLOSE_CODES.overloaded]: 'retry',
  [CLOSE_CODES.unauthenticated]: 'fail',
  [CLOSE_CODES.forbidden]: 'fail',
  [CLOSE_CODES.tooSlow]: 'retry',
  [CLOSE_CODES.tooManySockets]: 'retry',
};

describe('After the close code', () => {
  for (const [code, action] of Object.entries(AFTER_CLOSE)) {
    it(`${code} the library does what the protocol says: ${action}`, () => {
      // Codes that the library does not list are tried again.
      expect(DEFAULT_CLOSE_POLICY[Number(code)] ?? 'retry').toBe(action);
    });
  }

  it('of a server that names a time, the library comes again after that time', () => {
    const live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    live.connect().close(CLOSE_CODES.tooManySockets, retryAfterReason(20_000));
    const { status } = TestBed.inject(RealtimeService);
    live.socket.advance(19_999);
    expect(() => live.socket.expectConnection()).toThrow();
    live.socket.advance(5_000);
    live.socket.expectConnection().accept();

    expect(status()).toBe('connected');
  });
});
