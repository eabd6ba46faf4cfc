import { SECRET, tokenOf } from '../../testing/sign-in';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { ServerProcess } from '../../testing/server-process';

const PROCESS_TIMEOUT_MS = 60_000;

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
