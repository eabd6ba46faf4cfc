import { test as base } from '@playwright/test';
import { RestApi } from './rest-api';
import { ServerProcess } from './server-process';

/** Paces of the offline author, in characters per second. */
export const PACE = {
  /** A whole work within seconds. */
  fast: 200_000,
  /** Each task of a small work takes a second or two: time to look at it, to kill the server, to pause. */
  watchable: 300,
  /** Slow enough to read along: each task takes longer than a test. */
  readable: 10,
} as const;

/** The browser's own errors when the server or the network is gone, before, during or after a request. */
export const SERVER_IS_GONE =
  /ERR_CONNECTION_(REFUSED|RESET)|ERR_INTERNET_DISCONNECTED|ERR_SOCKET_NOT_CONNECTED|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|WebSocket connection to/;
/** What the browser itself reports when the server says that something does not exist. */
export const NOT_FOUND = /status of 404/;
/**
 * The browser's own errors when the server asks for a sign-in, also where a socket is closed before it is
 * open, or when something does not exist.
 */
export const UNAUTHENTICATED = /status of 40[14]|WebSocket is closed before the connection is established/;

interface Options {
  /** Pace of the server's offline author, in characters per second. */
  pace: number;
  /** Further settings of the server, by what the README calls them. @default none */
  environment: Readonly<Record<string, string>>;
  /** Errors on the browser's console that belong to what the test does; any other fails it. @default none */
  toleratedErrors: RegExp | null;
}

interface Fixtures {
  /** A running server that only this test uses; `baseURL` is its address. */
  server: ServerProcess;
  api: RestApi;
  consoleIsClean: undefined;
}

/** Playwright's `test` with a real server for each test, and a console that has to stay clean. */
export const test = base.extend<Options & Fixtures>({
  pace: [PACE.fast, { option: true }],
  environment: [{}, { option: true }],
  toleratedErrors: [null, { option: true }],

  server: async ({ pace, environment }, use, testInfo) => {
    const server = await ServerProcess.launch({ AUTHOR_CHARS_PER_SECOND: String(pace), ...environment });
    await use(server);
    await server.dispose();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server.log', { body: server.log, contentType: 'text/plain' });
    }
  },
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  api: async ({ request }, use) => {
    await use(new RestApi(request));
  },

  consoleIsClean: [
    async ({ context, toleratedErrors }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
      });
      context.on('weberror', (error) => errors.push(error.error().message));
      await use(undefined);
      base
        .expect(
          errors.filter((text) => !toleratedErrors?.test(text)),
          'The console of the browser has to stay clean.',
        )
        .toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
