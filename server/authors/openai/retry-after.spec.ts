import { fetchWithSoundWaits } from './retry-after';

describe('fetchWithSoundWaits', () => {
  const answered = async (headers: Record<string, string>, status = 429): Promise<Response> => {
    spyOn(globalThis, 'fetch').and.resolveTo(new Response('{}', { status, headers }));
    return fetchWithSoundWaits('http://127.0.0.1');
  };

  for (const value of ['soon', '-60', 'NaN', 'Thu, 01 Jan 1970 00:00:00 GMT']) {
    it(`leaves out a retry-after of "${value}", which would mean "at once"`, async () => {
      expect((await answered({ 'retry-after': value })).headers.has('retry-after')).toBeFalse();
    });
  }

  for (const [name, value] of [
    ['retry-after', '3601'],
    ['retry-after', '1e300'],
    ['retry-after-ms', '3600001'],
    ['retry-after', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ] as const) {
    it(`asks for no second request where ${name} is "${value}"`, async () => {
      expect((await answered({ [name]: value })).headers.get('x-should-retry')).toBe('false');
    });
  }

  it('leaves a wait as it is that can be kept to', async () => {
    const { headers } = await answered({ 'retry-after': '3600' });

    expect([headers.get('retry-after'), headers.get('x-should-retry')]).toEqual(['3600', null]);
  });

  it('keeps status and body', async () => {
    const response = await answered({ 'retry-after': 'soon' }, 503);

    expect([response.status, await response.text()]).toEqual([503, '{}']);
  });
});
