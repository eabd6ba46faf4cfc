/** Longest time (ms) that an endpoint may have the author wait before it is asked again. */
const LONGEST_WAIT_MS = 3_600_000;

const WAIT_HEADERS = ['retry-after-ms', 'retry-after'] as const;

/**
 * As `fetch`, with answers whose `Retry-After` is one that the SDK can keep to: it takes what is no time, and
 * what is longer than a timer can wait, for "at once". What is no time is left out; for what is too long
 * there is no second request.
 */
export async function fetchWithSoundWaits(
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, init);
  const waits = WAIT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [{ name, wait: waitOf(name, value) }];
  });
  if (response.ok || waits.length === 0) {
    return response;
  }
  const headers = new Headers(response.headers);
  for (const { name, wait } of waits) {
    if (!(wait >= 0)) {
      headers.delete(name);
    } else if (wait > LONGEST_WAIT_MS) {
      headers.set('x-should-retry', 'false');
    }
  }
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

/** In ms; NaN for what is no time. */
function waitOf(name: (typeof WAIT_HEADERS)[number], value: string): number {
  const number = Number.parseFloat(value);
  if (name === 'retry-after-ms') {
    return number;
  }
  return Number.isNaN(number) ? Date.parse(value) - Date.now() : number * 1000;
}
