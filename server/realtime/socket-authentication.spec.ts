import { SocketAuthentication, type TokenVerifier } from './socket-authentication';

const DAY_MS = 86_400_000;

describe('SocketAuthentication', () => {
  let reasons: string[];
  let authentication: SocketAuthentication;
  let tokens: TokenVerifier;

  beforeEach(() => {
    jasmine.clock().install().mockDate(new Date());
    reasons = [];
    // The owner's name is the token, which is valid for 30 days.
    tokens = {
      verify: (token = '') => Promise.resolve({ owner: token, expiresAt: Date.now() + 30 * DAY_MS }),
    };
    authentication = new SocketAuthentication(tokens, (reason) => reasons.push(reason));
  });

  afterEach(() => {
    jasmine.clock().uninstall();
  });

  it('waits for as long as a token lasts, also when that is longer than a timer can', async () => {
    await authentication.accept('ada');
    jasmine.clock().tick(29 * DAY_MS);
    const before = [...reasons];
    jasmine.clock().tick(DAY_MS);

    expect([before, reasons]).toEqual([[], ['the token has expired']]);
  });

  it('does not end at once where a token lasts for as long as there are dates', async () => {
    tokens.verify = (token = '') => Promise.resolve({ owner: token, expiresAt: 8.64e15 });
    await authentication.accept('ada');
    jasmine.clock().tick(60 * DAY_MS);

    expect(reasons).toEqual([]);
  });

  it('says nothing any more once it has ended', async () => {
    await authentication.accept('ada');
    authentication.end();
    jasmine.clock().tick(31 * DAY_MS);

    expect(reasons).toEqual([]);
  });

  it('waits for nothing after its end, whatever was still to be answered', async () => {
    authentication.end();
    await authentication.accept('ada');
    jasmine.clock().tick(31 * DAY_MS);

    expect(reasons).toEqual([]);
  });
});
