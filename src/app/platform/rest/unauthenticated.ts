const HTTP_UNAUTHORIZED = 401;

/** Whether the server wants to know first who asks. */
export function isUnauthenticated({ status }: { readonly status: number }): boolean {
  return status === HTTP_UNAUTHORIZED;
}
