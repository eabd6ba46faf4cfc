import { SECRET, tokenOf } from '../../testing/sign-in';
import { AUDIENCE, IdentityProvider, ISSUER } from '../../testing/identity-provider';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { ServerProcess } from '../../testing/server-process';

const PROCESS_TIMEOUT_MS = 60_000;

describe('a server with an identity provider', () => {
  const directory = useTemporaryDirectory();
  let provider: IdentityProvider;
  let server: ServerProcess | undefined;
  const serve = async (): Promise<string> => {
    const environment = { AUTH_JWKS_URL: provider.url, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };
    server = await ServerProcess.start(directory(), 1000, environment);
    return server.url;
  };
  const overview = async (url: string, token: string) =>
    (await fetch(`${url}/overview`, { headers: { authorization: `Bearer ${token}` } })).status;

  beforeEach(async () => {
    provider = await IdentityProvider.open();
    await provider.addKey('one');
  });
  afterEach(async () => {
    await server?.kill();
    await provider.close();
  });

  it(
    'answers those whom the provider has signed in',
    async () => {
      const url = await serve();

      expect(await overview(url, await provider.tokenOf('one'))).toBe(200);
      expect(await overview(url, await provider.tokenOf('one', { aud: 'another' }))).toBe(401);
    },
    PROCESS_TIMEOUT_MS,
  );

  it(
    'starts while the provider is away, and says so',
    async () => {
      provider.answer = (_request, response) => response.writeHead(503).end();
      const url = await serve();
      const refused = await overview(url, await provider.tokenOf('one'));
      const health: unknown = await (await fetch(`${url}/health`)).json();

      expect(refused).toBe(503);
      expect(health).toEqual(
        jasmine.objectContaining({ status: 'degraded', detail: jasmine.stringMatching(/AUTH_JWKS_URL/) }),
      );
    },
    PROCESS_TIMEOUT_MS,
  );
});

describe('a server with AUTH_SECRET', () => {
  const directory = useTemporaryDirectory();
  let server: ServerProcess;
  beforeEach(async () => {
    server = await ServerProcess.start(directory(), 1000, { AUTH_SECRET: SECRET, HOST: '0.0.0.0' });
  }, PROCESS_TIMEOUT_MS);
  afterEach(() => server.kill());

  const statusOf = async (method: string, path: string, token?: string): Promise<string> => {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    await response.text();
    return `${method} ${path} ${response.status}`;
  };

  it('answers nothing of REST without a token, and with one what there is', async () => {
    const calls = [
      'GET /overview',
      'GET /sessions',
      'POST /sessions',
      'GET /sessions/some-id',
      'PATCH /sessions/some-id',
      'DELETE /sessions/some-id',
      'POST /sessions/some-id/start',
      'GET /sessions/some-id/progress',
      'GET /sessions/some-id/tasks',
      'POST /sessions/some-id/export',
      'GET /tasks',
      'GET /tasks/some-id',
    ];
    const ask = (token?: string) =>
      Promise.all(
        calls.map((call) => {
          const [method = '', path = ''] = call.split(' ');
          return statusOf(method, path, token);
        }),
      );
    const token = tokenOf('ada');

    expect(await ask()).toEqual(calls.map((call) => `${call} 401`));
    expect((await ask(token)).filter((answer) => answer.endsWith(' 401'))).toEqual([]);
    expect(await statusOf('GET', '/overview', token)).toBe('GET /overview 200');
  });

  it('answers those who watch it without a token', async () => {
    const paths = ['/health', '/metrics', '/openapi.json', '/asyncapi.json'];

    expect(await Promise.all(paths.map((path) => statusOf('GET', path)))).toEqual(
      paths.map((path) => `GET ${path} 200`),
    );
  });

  it('asks for no token where its WebSocket is, which takes it in its first message', async () => {
    expect(await statusOf('GET', '/ws/ws')).toBe('GET /ws/ws 426');
  });
});
