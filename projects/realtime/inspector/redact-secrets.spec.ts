import { redactSecrets } from './redact-secrets';

describe('redactSecrets', () => {
  for (const name of [
    'token',
    'access_token',
    'refreshToken',
    'password',
    'client_secret',
    'apiKey',
    'Authorization',
  ]) {
    it(`takes out ${name}, wherever it is`, () => {
      const redacted = redactSecrets({
        event: 'connect',
        data: { list: [{ [name]: 'hush' }] },
        [name]: 'hush',
      });

      expect(JSON.stringify(redacted)).not.toContain('hush');
      expect(redacted[name]).toBe('[redacted]');
    });
  }

  it('leaves numbers of tokens, and everything else, as they are', () => {
    const message = {
      event: 'task.update',
      data: { total_tokens: 512, token: 7, tokens: 'many', text: null },
    };

    expect(redactSecrets(message)).toEqual(message);
  });

  it('leaves compressed data out, which may hold anything', () => {
    const redacted = redactSecrets({ event: 'task.update', encoding: 'gzip', data: 'H4sI' });

    expect(redacted).toEqual({ event: 'task.update', encoding: 'gzip', data: '[redacted]' });
  });

  it('leaves compressed data out of a batch too', () => {
    const events = [{ event: 'task.update', encoding: 'gzip', data: 'H4sI' }];
    const redacted = redactSecrets({ event: 'batch', data: { events } });

    expect(redacted).toEqual({
      event: 'batch',
      data: { events: [{ event: 'task.update', encoding: 'gzip', data: '[redacted]' }] },
    });
  });

  it('keeps an event that is called token', () => {
    expect(redactSecrets({ event: 'token' })).toEqual({ event: 'token' });
  });

  it('copies: what happens to the message later does not change the record', () => {
    const data = { items: [1] };
    const redacted = redactSecrets({ event: 'a', data });
    data.items.push(2);

    expect(redacted).toEqual({ event: 'a', data: { items: [1] } });
  });

  it('writes what JSON has no form for', () => {
    expect(redactSecrets({ event: 'a', data: { big: 1n, bytes: new Uint8Array(3) } })).toEqual({
      event: 'a',
      data: { big: '1', bytes: '[3 bytes]' },
    });
  });
});
