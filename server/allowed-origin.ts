import { isLoopbackHost } from './loopback-host';

/**
 * Whether a page of this origin may change something or open a socket. Browsers name the origin of the page and do not
 * let the page forge it, so this keeps other sites from steering a server they can reach through a visitor's browser.
 *
 * @param origin the `Origin` header; programs that are not browsers send none, and are allowed.
 * @param allowed origins besides those of this machine, such as `https://example.org`.
 */
export function isAllowedOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) {
    return true;
  }
  if (!URL.canParse(origin)) {
    return false;
  }
  const url = new URL(origin);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && isLoopbackHost(url.hostname);
}
