import * as v from 'valibot';

/** What a client sends. Each schema describes the whole message; fields it does not name pass through. */

/** Optional parts of the protocol that a client may ask for in `connect`. */
export const CAPABILITIES = ['streaming', 'resume', 'commands', 'batch', 'round-trip'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The subprotocol of a client that speaks MessagePack in binary frames instead of JSON in text frames. */
export const MESSAGEPACK_SUBPROTOCOL = 'creative-autogpt.v1+msgpack';

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const SessionId = Name;

/** Names a message of a client, so that its `ack` can name it again. Unique among all clients: a random UUID. */
export const MessageId = Name;

/** What every message of a client may carry. */
const ENVELOPE = { id: v.optional(MessageId) };

/** How far a client has followed the journal of events that `epoch` names. */
export const StreamPosition = v.looseObject({
  epoch: Name,
  /** Offset of the last event it received; 0 before the first. */
  offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type StreamPosition = v.InferOutput<typeof StreamPosition>;

/** `connect`: names the client and asks for capabilities; those the server does not know are left out of its answer. */
export const Connect = v.looseObject({
  ...ENVELOPE,
  event: v.literal('connect'),
  data: v.optional(
    v.looseObject({
      client_id: v.optional(Name),
      capabilities: v.optional(v.pipe(v.array(v.string()), v.maxLength(50))),
      /** Where to go on, from a client that asks for `resume`. */
      resume: v.optional(StreamPosition),
    }),
  ),
});

/** `ping`: answered with `pong`, which carries back `data.ts` where `round-trip` was agreed. */
export const Ping = v.looseObject({
  ...ENVELOPE,
  event: v.literal('ping'),
  data: v.optional(v.looseObject({ ts: v.optional(v.number()) })),
});

/** `subscribe`: one session's updates and text, or without `session_id` the updates of every session. */
export const Subscribe = v.looseObject({
  ...ENVELOPE,
  event: v.literal('subscribe'),
  session_id: v.optional(SessionId),
});

/** `unsubscribe`: ends what the same `subscribe` began. */
export const Unsubscribe = v.looseObject({
  ...ENVELOPE,
  event: v.literal('unsubscribe'),
  session_id: v.optional(SessionId),
});

/** The commands that steer a session. */
export const SESSION_COMMANDS = ['start', 'pause', 'resume', 'stop'] as const;
export type SessionCommand = (typeof SESSION_COMMANDS)[number];

export const Command = v.looseObject({
  ...ENVELOPE,
  event: v.picklist(SESSION_COMMANDS),
  session_id: SessionId,
});
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
