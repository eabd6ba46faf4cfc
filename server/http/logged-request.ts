/** The address of a request without its query. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** A request as the log has it. Clients that take a query for the place of their token must not find it there. */
export function loggedRequest({ method, url }: { readonly method: string; readonly url: string }): {
  readonly method: string;
  readonly url: string;
} {
  return { method, url: pathOf(url) };
}
