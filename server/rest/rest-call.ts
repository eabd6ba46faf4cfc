import { POSITION_HEADERS, type RestErrorCode } from '@creative-autogpt/protocol';
import type { FastifyContextConfig, FastifyReply } from 'fastify';
import * as v from 'valibot';
import type { Author } from '../authors/author';
import type { SessionControl } from '../ports/session-control';
import { encodingFor } from '../http/compress-answers';
import type { FormedWork, Positioned, Stores } from '../ports/store';

/** What the REST routes stand on. */
export interface RestParts {
  readonly stores: Stores;
  readonly control: SessionControl;
  readonly author: Pick<Author, 'provider'>;
  /** What is wrong with the sign-in although the server goes on. @default nothing */
  readonly signIn?: { readonly warnings: readonly string[] } | undefined;
}

/** What the documentation says of a call, beside what its route takes. */
export interface RestCall {
  readonly summary: string;
  /** What is answered: JSON of this schema, or a file of these media types. */
  readonly answer: v.GenericSchema | readonly string[];
  /** Whether headers say at which position of the journal the answer was read. @default false */
  readonly isPositioned?: true;
  /** @default 200 */
  readonly status?: 201;
  /** What may be wrong with it besides what may be with each call. */
  readonly refusals?: Readonly<Partial<Record<RestErrorCode, string>>>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Each route has it, but for those that are hidden from the documentation. */
    readonly call?: RestCall;
  }
}

/** `/sessions/:id…` */
export const SessionPath = v.object({ id: v.string() });

export const NO_SESSION = { unknown_session: 'There is no such session.' };
export const NO_TASK = { unknown_task: 'There is no such task.' };
export const BAD_FIELD = { invalid_message: 'A field is missing or wrong; `detail` names it.' };
export const NO_ROOM = {
  limit_reached: 'The owner has as many sessions, or as much stored, as one may have.',
};
export const BAD_STATE = { invalid_state: 'The status does not allow it.' };

/** The `config` of a route. */
export function restCall(
  summary: string,
  answer: RestCall['answer'],
  refusals: RestCall['refusals'] = {},
): FastifyContextConfig {
  return { call: { summary, answer, refusals } };
}

/** The `config` of a route that answers by `answerPositioned()`. */
export function restRead(...call: Parameters<typeof restCall>): FastifyContextConfig {
  const [summary, answer, refusals] = call;
  return { call: { summary, answer, refusals, isPositioned: true } };
}

/** Sends a whole work, compressed where its reader takes that. */
export async function sendWork(
  reply: FastifyReply,
  { content, compressed }: FormedWork,
): Promise<FastifyReply> {
  const encoding = encodingFor(content, reply.request.headers['accept-encoding']);
  reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept-Encoding'].flat().join(', '));
  if (encoding === undefined) {
    return reply.send(content);
  }
  return reply.header('content-encoding', encoding).send(await compressed(encoding));
}

/** Answers a `restRead()` with what was read; the position that it was read at goes into the headers. */
export async function answerPositioned<T>(reply: FastifyReply, read: Promise<Positioned<T>>): Promise<T> {
  const { value, position } = await read;
  reply.header(POSITION_HEADERS.epoch, position.epoch).header(POSITION_HEADERS.offset, position.offset);
  return value;
}
