import { InjectionToken } from '@angular/core';
import { readConfigFile } from './config-file';

/** What differs between the places where one build of the application is served. */
export interface RuntimeConfig {
  /** `ws:` or `wss:` URL of the server's WebSocket. */
  readonly websocketUrl: string;
  /** What comes before every REST path; empty for the origin of the page. */
  readonly restUrl: string;
  /** Language of the interface, unless the person has chosen one. @default the browser's */
  readonly locale?: 'zh' | 'en';
}

export const RUNTIME_CONFIG = new InjectionToken<RuntimeConfig>('runtime configuration');

/** The configuration of a page that comes without one: a server on this machine, at its default port. */
export const DEFAULT_RUNTIME_CONFIG: RuntimeConfig = {
  websocketUrl: 'ws://localhost:8000/ws/ws',
  restUrl: 'http://localhost:8000',
};

const HTTP_NOT_FOUND = 404;

/**
 * Reads `config.json` beside `index.html`. Where there is none, the defaults apply; a file that cannot be
 * used is reported on the console and the defaults apply too. Never rejects.
 *
 * @param baseUri what the file and a relative `websocketUrl` are relative to
 */
export async function loadRuntimeConfig(
  fetchFile: (url: string) => Promise<Response> = (url) => fetch(url, { cache: 'no-cache' }),
  baseUri: string = document.baseURI,
): Promise<RuntimeConfig> {
  const url = new URL('config.json', baseUri).href;
  const response = await fetchFile(url).catch(() => null);
  if (response === null || response.status === HTTP_NOT_FOUND) {
    return DEFAULT_RUNTIME_CONFIG;
  }
  try {
    if (!response.ok) {
      throw new Error(`the server answered ${response.status}`);
    }
    const config = { ...DEFAULT_RUNTIME_CONFIG, ...readConfigFile(await response.json()) };
    return {
      ...config,
      websocketUrl: toWebSocketUrl(config.websocketUrl, baseUri),
      restUrl: config.restUrl.replace(/\/+$/, ''),
    };
  } catch (reason) {
    // eslint-disable-next-line no-console -- nothing else runs yet that could tell whoever serves the file
    console.warn(`${url} cannot be used, the default configuration applies:`, reason);
    return DEFAULT_RUNTIME_CONFIG;
  }
}

/** @throws Error when it is no URL, or one of another kind than `ws:`, `wss:`, `http:` and `https:`. */
function toWebSocketUrl(websocketUrl: string, baseUri: string): string {
  const url = new URL(websocketUrl, baseUri);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!/^wss?:$/.test(url.protocol)) {
    throw new Error(`websocketUrl "${websocketUrl}" is not the URL of a WebSocket`);
  }
  return url.href;
}
