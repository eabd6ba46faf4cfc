import { isIPv4 } from 'node:net';

/** Whether a host name or address, with or without the brackets of a URL, can only mean this machine. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** What a URL may have beside its host and port, and a `Host` header may not (RFC 9110, 7.2). */
const BESIDES_A_HOST = /[@/?#\\\s]/;

/**
 * Whether a request was meant for this server. A page of another site can have the name of that site resolve
 * to this machine, and then reads from here as if from its own site (DNS rebinding); the `Host` header still
 * says that name.
 *
 * @param host the `Host` header; browsers always send one, and programs that send none are served.
 * @param allowedOrigins origins such as `https://example.org`, whose host names are names of this server,
 *   too.
 */
export function isAllowedHost(host: string | undefined, allowedOrigins: readonly string[]): boolean {
  if (host === undefined) {
    return true;
  }
  const name = hostNameOf(`http://${host}`);
  return (
    name !== undefined &&
    !BESIDES_A_HOST.test(host) &&
    (isLoopbackHost(name) || allowedOrigins.some((origin) => hostNameOf(origin) === name))
  );
}

function hostNameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
