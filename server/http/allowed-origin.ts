import { isLoopbackHost } from './allowed-host';

/**
 * Whether a page of this origin may change something or open a socket. Browsers name the origin of the page
 * and do not let the page forge it, so this keeps other sites from steering a server they can reach through a
 * visitor's browser.
 *
 * @param origin the `Origin` header; programs that are not browsers send none, and are allowed.
 * @param allowed origins besides those of this machine, such as `https://example.org`.
 * @param host the `Host` header, where the server may be reached by any name: its own pages are allowed then.
 *   Never without
 * sign-in, where a page of another site could have the name of that site resolve to this machine.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  allowed: readonly string[],
  host?: string,
): boolean {
  if (origin === undefined || allowed.includes(origin)) {
    return true;
  }
  if (!URL.canParse(origin)) {
    return false;
  }
  const url = new URL(origin);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && (isLoopbackHost(url.hostname) || isHostOf(url, host));
}

/**
 * Whether a `Host` header names the host of this URL. Its scheme may be that of a proxy, which the server
 * does not see.
 */
function isHostOf({ protocol, host: own }: URL, host: string | undefined): boolean {
  const named = `${protocol}//${host ?? ''}`;
  // More than a host and a port, such as a path, is no host.
  return host !== undefined && URL.canParse(named) && new URL(named).href === `${protocol}//${own}/`;
}
