import { EnvHttpProxyAgent, fetch } from 'undici';
import * as v from 'valibot';
import { saidIn } from './answer/read-answer';
import { type AnswerBounds, boundedAnswer } from './bounded-answer';

/**
 * Through the proxy that `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` name. The author has deadlines of its own,
 * which may be longer than those of Node.
 */
const NETWORK = new EnvHttpProxyAgent({ headersTimeout: 0, bodyTimeout: 0 });

/**
 * Sends a request to an endpoint. The answer is within bounds, and a refusal in the form that the SDK reads,
 * `{"error": {"message": …}}`, whichever form the endpoint has sent.
 */
export async function ask(
  url: string | URL,
  { body, headers, method = 'GET', signal }: Omit<RequestInit, 'dispatcher'>,
  bounds: AnswerBounds,
): Promise<Response> {
  const answer = await fetch(url, {
    method,
    headers: Object.fromEntries(new Headers(headers)),
    body: typeof body === 'string' ? body : null,
    signal: signal ?? null,
    dispatcher: NETWORK,
  });
  const bounded = await boundedAnswer(answer, bounds);
  if (bounded.ok) {
    return bounded;
  }
  const { status, statusText } = bounded;
  return new Response(inOneForm(await bounded.text()), { headers: bounded.headers, status, statusText });
}

const Coded = v.object({ error: v.object({ code: v.string() }) });

function inOneForm(text: string): string {
  try {
    const refusal: unknown = JSON.parse(text);
    const code = v.is(Coded, refusal) ? ` (${refusal.error.code})` : '';
    return JSON.stringify({ error: { message: `${saidIn(refusal)}${code}` } });
  } catch {
    return text;
  }
}
