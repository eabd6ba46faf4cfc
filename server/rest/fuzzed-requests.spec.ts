import { RestError } from '@creative-autogpt/protocol';
import * as fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import * as v from 'valibot';
import { EMBEDDED } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TestServer } from '../testing/test-server';

const SEED = 20_261_125;
const REQUESTS = 10_000;
const PATIENCE_MS = 180_000;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const PATHS = [
  '/health',
  '/overview',
  '/sessions',
  '/sessions/ID',
  '/sessions/ID/progress',
  '/sessions/ID/tasks',
  '/sessions/ID/start',
  '/sessions/ID/pause',
  '/sessions/ID/resume',
  '/sessions/ID/stop',
  '/sessions/ID/feedback',
  '/sessions/ID/export',
  '/tasks',
  '/tasks/ID',
  '/tasks/ID/approve',
  '/ws/ws',
  '/ID',
] as const;

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }).map((text) => encodeURIComponent(text)),
  fc.constantFrom('..', '%2e%2e%2f', '%00', '%zz', '%', 'null', '__proto__', "'; DROP TABLE sessions; --"),
);
const field = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('txt', 'md', 'json', 'approve', 'reject', 'regenerate', 'manual', Number.MAX_VALUE, -1),
);
const body = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom(
        'title',
        'mode',
        'goal',
        'config',
        'format',
        'action',
        'message',
        'task_id',
        'feedback',
      ),
      field,
    )
    .map((fields) => JSON.stringify(fields)),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.integer({ min: 1, max: 5000 }).map((depth) => `{"title":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  fc.constantFrom('', '{', '{"title":', '{"__proto__":{}}', '{"constructor":{"prototype":{}}}', '\u0000'),
);
const query = fc.oneof(
  fc.constant(''),
  fc
    .array(fc.tuple(fc.constantFrom('page', 'page_size', 'status_filter', 'session_id', '__proto__'), word), {
      maxLength: 4,
    })
    .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`),
  fc.constantFrom('?page=1e999', '?page=9007199254740993', '?page_size=0x10', '?page=1&page_size=100'),
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'nonsense',
      '',
    ),
    accept: fc.constantFrom('text/html', 'application/json', '*/*', ';;;', 'text/html;q=NaN'),
    origin: fc.constantFrom('null', 'http://localhost', 'https://evil.example', 'x'),
    host: fc.constantFrom('localhost', '127.0.0.1:80', 'evil.example', '[::1', ''),
    authorization: fc.constantFrom('Bearer', 'Bearer x', 'Basic x'),
  },
  { requiredKeys: [] },
);

describe('Requests that somebody made up', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(EMBEDDED, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  it(
    `${REQUESTS} of them are answered or refused, and none fails (seed ${SEED})`,
    async () => {
      const { id } = await server.createSession();
      const request = fc.record({
        method: fc.constantFrom(...METHODS),
        path: fc.constantFrom(...PATHS),
        name: fc.oneof(word, fc.constant(id)),
        query,
        headers,
        body,
      });
      const counts = new Map<number, number>();
      const wrong: unknown[] = [];
      for (const made of fc.sample(request, { numRuns: REQUESTS, seed: SEED })) {
        const options: InjectOptions = {
          method: made.method,
          url: made.path.replace('ID', () => made.name) + made.query,
          headers: made.headers,
          ...(made.method !== 'GET' && made.method !== 'HEAD' && { payload: made.body }),
        };
        const { statusCode, body: answer } = await server.app.inject(options);
        counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1);
        if (statusCode >= 500 || (statusCode >= 400 && made.method !== 'HEAD' && !isRestError(answer))) {
          wrong.push({ options, statusCode, answer });
        }
      }

      expect(wrong.slice(0, 3)).toEqual([]);
      expect([...counts.keys()]).toEqual(jasmine.arrayContaining([200, 400, 403, 404, 409, 415, 422]));
      expect((await server.app.inject('/health')).json()).toEqual(
        jasmine.objectContaining({ status: 'healthy' }),
      );
    },
    PATIENCE_MS,
  );
});

function isRestError(body: string): boolean {
  return v.is(v.pipe(v.string(), v.parseJson(), RestError), body);
}
