import { DEFAULT_RUNTIME_CONFIG, loadRuntimeConfig } from './runtime-config';

const PAGE = 'https://example.test/app/index.html';

describe('loadRuntimeConfig', () => {
  let warn: jasmine.Spy;

  const load = (answer: Response | Error, baseUri = PAGE) =>
    loadRuntimeConfig(
      () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
      baseUri,
    );

  beforeEach(() => {
    warn = spyOn(console, 'warn');
  });

  it('asks for config.json beside the page', async () => {
    const asked: string[] = [];
    await loadRuntimeConfig((url) => {
      asked.push(url);
      return Promise.resolve(Response.json({}));
    }, PAGE);

    expect(asked).toEqual(['https://example.test/app/config.json']);
  });

  it('takes over what the file says', async () => {
    const config = {
      websocketUrl: 'wss://other.test/ws/ws',
      restUrl: 'https://other.test',
      locale: 'en' as const,
    };

    expect(await load(Response.json(config))).toEqual(config);
  });

  it('resolves a relative WebSocket URL against the page, securely where the page is', async () => {
    const file = (): Response => Response.json({ websocketUrl: '/ws/ws', restUrl: '' });

    expect(await load(file())).toEqual({ websocketUrl: 'wss://example.test/ws/ws', restUrl: '' });
    expect(await load(file(), 'http://localhost:4200/')).toEqual({
      websocketUrl: 'ws://localhost:4200/ws/ws',
      restUrl: '',
    });
  });

  it('drops a slash at the end of the REST URL, since every path begins with one', async () => {
    expect((await load(Response.json({ restUrl: 'https://api.test/v1/' }))).restUrl).toBe(
      'https://api.test/v1',
    );
  });

  it('uses the defaults in silence where there is no file or no network', async () => {
    expect(await load(new Response('', { status: 404 }))).toEqual(DEFAULT_RUNTIME_CONFIG);
    expect(await load(new TypeError('Failed to fetch'))).toEqual(DEFAULT_RUNTIME_CONFIG);
    expect(warn).not.toHaveBeenCalled();
  });

  const unusable: readonly (readonly [string, () => Response])[] = [
    ['is not JSON', () => new Response('<!doctype html>')],
    ['has a field of a wrong type', () => Response.json({ restUrl: 7 })],
    ['names a language nobody wrote texts for', () => Response.json({ locale: 'tlh' })],
    ['names no WebSocket', () => Response.json({ websocketUrl: 'mailto:a@example.test' })],
    ['could not be served', () => new Response('', { status: 500 })],
  ];
  for (const [what, file] of unusable) {
    it(`uses the defaults and warns when the file ${what}`, async () => {
      expect(await load(file())).toEqual(DEFAULT_RUNTIME_CONFIG);
      expect(warn).toHaveBeenCalledTimes(1);
    });
  }
});
