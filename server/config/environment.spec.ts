import { resolve } from 'node:path';
import { readEnvironment } from './environment';
import { StartupError } from './startup-error';

const SECRET = 'a-secret-that-is-long-enough-for-HS256';

describe('readEnvironment', () => {
  it('fills in what is not set', () => {
    expect(readEnvironment({})).toEqual({
      port: 8000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      allowedOrigins: [],
      languageModel: undefined,
      authorCharsPerSecond: 60,
      logLevel: 'info',
      journalRetention: { maxEvents: 100_000, maxBytes: 67_108_864, maxAgeHours: 24 },
      signIn: undefined,
      redisUrl: undefined,
      maxRequestsPerMinute: 1200,
      maxConnectionsPerClient: 100,
      quota: { maxSessions: 10_000, maxBytes: 1_073_741_824 },
      trustedProxies: [],
    });
  });

  it('reads what is set', () => {
    const environment = readEnvironment({
      PORT: '0',
      HOST: '::1',
      DATA_DIR: '/var/lib/novels',
      ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080/',
      LLM_BASE_URL: 'http://localhost:11434/v1',
      LLM_API_KEY: 'key',
      LLM_MODEL: 'qwen',
      LLM_MAX_OUTPUT_TOKENS: '4000',
      LLM_CONTEXT_TOKENS: '32768',
      LLM_FIRST_BYTE_TIMEOUT: '300',
      LLM_IDLE_TIMEOUT: '60',
      AUTHOR_CHARS_PER_SECOND: '1e9',
      LOG_LEVEL: 'debug',
      JOURNAL_MAX_EVENTS: '500',
      JOURNAL_MAX_BYTES: '16777216',
      JOURNAL_MAX_AGE_HOURS: '0.5',
      AUTH_SECRET: SECRET,
      REDIS_URL: 'rediss://user:password@redis.example:6380/2',
      MAX_REQUESTS_PER_MINUTE: '60',
      MAX_CONNECTIONS_PER_CLIENT: '5',
      MAX_SESSIONS_PER_OWNER: '1000000',
      TRUSTED_PROXIES: '10.0.0.7, fd00::/8',
      MAX_BYTES_PER_OWNER: '1048576',
    });

    expect(environment).toEqual({
      port: 0,
      host: '::1',
      dataDir: '/var/lib/novels',
      allowedOrigins: ['https://a.example', 'http://b.example:8080'],
      languageModel: {
        baseUrl: 'http://localhost:11434/v1',
        query: undefined,
        apiKey: 'key',
        model: 'qwen',
        maxOutputTokens: 4000,
        contextTokens: 32_768,
        firstByteTimeout: 300_000,
        idleTimeout: 60_000,
      },
      authorCharsPerSecond: 1e9,
      logLevel: 'debug',
      journalRetention: { maxEvents: 500, maxBytes: 16_777_216, maxAgeHours: 0.5 },
      signIn: { secrets: [SECRET], provider: undefined },
      redisUrl: 'rediss://user:password@redis.example:6380/2',
      maxRequestsPerMinute: 60,
      maxConnectionsPerClient: 5,
      quota: { maxSessions: 1_000_000, maxBytes: 1_048_576 },
      trustedProxies: ['10.0.0.7', 'fd00::/8'],
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ PORT: '', REDIS_URL: '', LLM_API_KEY: ' ' })).toEqual(readEnvironment({}));
  });

  it('takes a language model that asks for no key', () => {
    const { languageModel } = readEnvironment({ LLM_BASE_URL: 'http://localhost:1/v1', LLM_MODEL: 'qwen' });

    expect(languageModel).toEqual(
      jasmine.objectContaining({ baseUrl: 'http://localhost:1/v1', apiKey: undefined, model: 'qwen' }),
    );
  });

  for (const [address, baseUrl, query] of [
    ['https://api.example/v1/', 'https://api.example/v1', undefined],
    ['https://api.example/v1/chat/completions', 'https://api.example/v1', undefined],
    ['http://localhost:11434', 'http://localhost:11434/v1', undefined],
    [
      'https://x.example/openai/deployments/novel/chat/completions?api-version=2026-01-01',
      'https://x.example/openai/deployments/novel',
      { 'api-version': '2026-01-01' },
    ],
  ] as const) {
    it(`asks ${address} at ${baseUrl}`, () => {
      const { languageModel } = readEnvironment({ LLM_BASE_URL: address, LLM_MODEL: 'qwen' });

      expect([languageModel?.baseUrl, languageModel?.query]).toEqual([baseUrl, query]);
    });
  }

  for (const host of ['127.0.0.1', '127.8.9.10', '::1', 'localhost']) {
    it(`listens on ${host}`, () => {
      expect(readEnvironment({ HOST: host }).host).toBe(host);
    });
  }

  for (const host of ['0.0.0.0', '::', '192.168.1.4', 'novels.example']) {
    it(`listens on ${host} where people sign in`, () => {
      expect(readEnvironment({ HOST: host, AUTH_SECRET: SECRET }).host).toBe(host);
    });
  }

  for (const [name, value, accepted] of [
    ['PORT', '80a', 'from 0 to 65535'],
    ['PORT', '65536', 'from 0 to 65535'],
    ['PORT', '-1', 'from 0 to 65535'],
    ['HOST', '0.0.0.0', 'a loopback address'],
    ['HOST', '0.0.0.0', 'set AUTH_SECRET'],
    ['HOST', '192.168.1.4', 'a loopback address'],
    ['HOST', '127.0.0.1.example.org', 'a loopback address'],
    ['ALLOWED_ORIGINS', 'example.org', 'https://example.org'],
    ['ALLOWED_ORIGINS', 'https://example.org/path', 'https://example.org'],
    ['ALLOWED_ORIGINS', '*', 'https://example.org'],
    ['LLM_BASE_URL', 'ftp://models.example', 'http or https'],
    ['LLM_BASE_URL', 'models', 'http or https'],
    ['AUTHOR_CHARS_PER_SECOND', '0', 'above 0'],
    ['AUTHOR_CHARS_PER_SECOND', 'fast', 'above 0'],
    ['AUTHOR_CHARS_PER_SECOND', '1e10', 'above 0'],
    ['LOG_LEVEL', 'loud', 'trace, debug, info'],
    ['JOURNAL_MAX_EVENTS', '0', 'from 1 to 10000000'],
    ['JOURNAL_MAX_EVENTS', '1e3', 'from 1 to 10000000'],
    ['JOURNAL_MAX_EVENTS', '10000001', 'from 1 to 10000000'],
    ['JOURNAL_MAX_BYTES', '16777215', 'bytes from 16777216 to'],
    ['JOURNAL_MAX_BYTES', '64MiB', 'a whole number of bytes'],
    ['MAX_BYTES_PER_OWNER', '1000', 'bytes from 1048576 to'],
    ['MAX_BYTES_PER_OWNER', '1099511627777', 'to 1099511627776'],
    ['JOURNAL_MAX_AGE_HOURS', '0', 'above 0'],
    ['JOURNAL_MAX_AGE_HOURS', 'a day', 'above 0'],
    ['JOURNAL_MAX_AGE_HOURS', '8761', 'above 0'],
    ['MAX_REQUESTS_PER_MINUTE', '0', 'from 1 to 1000000'],
    ['MAX_REQUESTS_PER_MINUTE', '1000001', 'from 1 to 1000000'],
    ['MAX_CONNECTIONS_PER_CLIENT', '-1', 'from 1 to 1000000'],
    ['MAX_SESSIONS_PER_OWNER', 'many', 'from 1 to 1000000'],
    ['TRUSTED_PROXIES', 'proxy.example', '10.0.0.0/8'],
    ['TRUSTED_PROXIES', '*', '10.0.0.0/8'],
    ['TRUSTED_PROXIES', '0.0.0.0/0', '10.0.0.0/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', '10.0.0.0/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', '10.0.0.0/8'],
  ] as const) {
    it(`refuses ${name}=${value}, naming the variable, the value and what is accepted`, () => {
      const message = refusalOf({ [name]: value });

      expect(message.startsWith(`${name} is "${value}"; it must be `)).toBeTrue();
      expect(message).toContain(accepted);
      expect(message).not.toContain('\n');
    });
  }

  it('refuses an AUTH_SECRET that can be guessed, without showing it', () => {
    const message = refusalOf({ AUTH_SECRET: SECRET.slice(0, 31) });

    expect(message).toMatch(/^AUTH_SECRET has 31 characters; it must have at least 32/);
    expect(message).not.toContain(SECRET.slice(0, 8));
  });

  for (const url of [
    'password@redis.example',
    'http://:password@redis.example',
    'redis://',
    'redis:password',
  ]) {
    it(`refuses REDIS_URL=${url}, without showing it`, () => {
      const message = refusalOf({ REDIS_URL: url });

      expect(message).toMatch(/^REDIS_URL is no redis or rediss URL/);
      expect(message).not.toContain('password');
    });
  }

  it('refuses LLM_MODEL without LLM_BASE_URL', () => {
    expect(refusalOf({ LLM_MODEL: 'qwen' })).toMatch(/^LLM_MODEL is set \("qwen"\) without LLM_BASE_URL/);
  });

  it('refuses LLM_BASE_URL without LLM_MODEL', () => {
    expect(refusalOf({ LLM_BASE_URL: 'http://localhost:1/v1' })).toMatch(
      /^LLM_BASE_URL is set .* without LLM_MODEL/,
    );
  });

  it('refuses LLM_API_KEY alone, without showing it', () => {
    const message = refusalOf({ LLM_API_KEY: 'sk-secret' });

    expect(message).toMatch(/^LLM_API_KEY is set without LLM_BASE_URL and LLM_MODEL/);
    expect(message).not.toContain('sk-secret');
  });
});

function refusalOf(variables: Record<string, string>): string {
  try {
    readEnvironment(variables);
  } catch (error) {
    return error instanceof StartupError ? error.message : `not a StartupError: ${String(error)}`;
  }
  return 'it was accepted';
}
