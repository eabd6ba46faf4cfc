import type { TokenVerifier } from '../auth/token-verifier';
import { SocketAuthentication } from './socket-authentication';

const DAY_MS = 86_400_000;

describe('SocketAuthentication', () => {
  let reasons: string[];
  let authentication: SocketAuthentication;
  /** The owner's name is the token, which is valid for 30 days. */
  const tokens: TokenVerifier = {
    verify: (token = '') => ({ owner: token, expiresAt: Date.now() + 30 * DAY_MS }),
  };

  beforeEach(() => {
    jasmine.clock().install().mockDate(new Date());
    reasons = [];
    authentication = new SocketAuthentication(tokens, (reason) => reasons.push(reason));
  });

  afterEach(() => {
    jasmine.clock().uninstall();
  });

  it('waits for as long as a token lasts, also when that is longer than a timer can', () => {
    authentication.accept('ada');
    jasmine.clock().tick(29 * DAY_MS);
    const before = [...reasons];
    jasmine.clock().tick(DAY_MS);

    expect([before, reasons]).toEqual([[], ['the token has expired']]);
  });

  it('says nothing any more once it has ended', () => {
    authentication.accept('ada');
    authentication.end();
    jasmine.clock().tick(31 * DAY_MS);

    expect(reasons).toEqual([]);
  });

  it('waits for nothing after its end, whatever was still to be answered', () => {
    authentication.end();
    authentication.accept('ada');
    jasmine.clock().tick(31 * DAY_MS);

    expect(reasons).toEqual([]);
  });
});
