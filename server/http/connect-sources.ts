import * as v from 'valibot';

/** Where the application connects to where its `config.json` does not say: a server on its own machine. */
const DEFAULT_ADDRESSES = ['ws://localhost:8000', 'http://localhost:8000'];

/** The addresses in the application's `config.json`, absolute or relative to the page. */
const Addresses = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ websocketUrl: v.optional(v.string()), restUrl: v.optional(v.string()) }),
);

/** Hosts that can stand in a policy as they are; a semicolon would begin another directive. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/**
 * The origins, besides its own, that the application's page connects to, for `connect-src`. They are those of
 * its configuration, and that of the page as a WebSocket, which not every browser takes for the page's own.
 *
 * @param config content of `config.json`; undefined where there is none
 * @param host the `Host` header, by which the page was asked for
 */
export function connectSources(config: string | undefined, host: string | undefined): readonly string[] {
  const page = `http://${host ?? ''}/`;
  const own = URL.canParse(page) ? originsAt(page, 'ws:', 'wss:') : [];
  return [...new Set([...own, ...configuredOrigins(config)])];
}

function configuredOrigins(config: string | undefined): readonly string[] {
  const addresses = v.safeParse(Addresses, config);
  if (!addresses.success) {
    return DEFAULT_ADDRESSES;
  }
  const [websocket = '', rest = ''] = DEFAULT_ADDRESSES;
  const { websocketUrl = websocket, restUrl = rest } = addresses.output;
  // Addresses that are relative to the page lead to its own origin.
  return [
    ...(URL.canParse(websocketUrl)
      ? originsAt(websocketUrl, new URL(websocketUrl).protocol.replace('http', 'ws'))
      : []),
    ...(URL.canParse(restUrl) ? originsAt(restUrl, new URL(restUrl).protocol) : []),
  ];
}

/** The origins with the host of an address, with these schemes. */
function originsAt(address: string, ...protocols: readonly string[]): readonly string[] {
  const { host } = new URL(address);
  return PLAIN_HOST.test(host) ? protocols.map((protocol) => `${protocol}//${host}`) : [];
}
