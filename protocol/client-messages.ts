import * as v from 'valibot';

/** What a client sends. Each schema describes the whole message; fields it does not name pass through. */

/** Optional parts of the protocol that a client may ask for in `connect`. */
export const CAPABILITIES = ['streaming'] as const;
export type Capability = (typeof CAPABILITIES)[number];

const SessionId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** `connect`: names the client and asks for capabilities; those the server does not know are left out of its answer. */
export const Connect = v.looseObject({
  event: v.literal('connect'),
  data: v.optional(
    v.looseObject({
      client_id: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
      capabilities: v.optional(v.pipe(v.array(v.string()), v.maxLength(50))),
    }),
  ),
});

/** `ping`: answered with `pong`. */
export const Ping = v.looseObject({ event: v.literal('ping') });

/** `subscribe`: one session's updates and text, or without `session_id` the updates of every session. */
export const Subscribe = v.looseObject({
  event: v.literal('subscribe'),
  session_id: v.optional(SessionId),
});

/** `unsubscribe`: ends what the same `subscribe` began. */
export const Unsubscribe = v.looseObject({
  event: v.literal('unsubscribe'),
  session_id: v.optional(SessionId),
});

/** The commands that steer a session. */
export const SESSION_COMMANDS = ['start', 'pause', 'resume', 'stop'] as const;
export type SessionCommand = (typeof SESSION_COMMANDS)[number];

export const Command = v.looseObject({ event: v.picklist(SESSION_COMMANDS), session_id: SessionId });
export type Command = v.InferOutput<typeof Command>;

/** Any message a client may send. */
export const ClientMessage = v.variant('event', [Connect, Ping, Subscribe, Unsubscribe, Command]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;

/** Codes of the server's `error` events. */
export const ERROR_CODES = [
  'invalid_json',
  'invalid_message',
  'unknown_event',
  'unknown_session',
  'unknown_task',
  'invalid_state',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
