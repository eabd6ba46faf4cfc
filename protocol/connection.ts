import * as v from 'valibot';
import { Count } from './count';

export { CLOSE_CODES, readRetryAfter, retryAfterReason } from './close-codes';
export { soundText } from './sound-text';

/**
 * The half of the protocol that is about the connection alone: who is at the other end, what both know, what
 * was missed, and what became of a message. It knows nothing of sessions and tasks. Each schema describes the
 * whole message; fields it does not name pass through.
 */

/** Optional parts of the connection that a client may ask for in `connect`. */
export const CONNECTION_CAPABILITIES = ['resume', 'commands', 'batch', 'round-trip', 'auth'] as const;

/** The subprotocol of a client that speaks MessagePack in binary frames instead of JSON in text frames. */
export const MESSAGEPACK_SUBPROTOCOL = 'creative-autogpt.v1+msgpack';

/**
 * NUL and half of a character: JSON can say them, but they cannot be stored as they are, nor the latter sent
 * on as UTF-8.
 */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** An id. */
export const Name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.check(
    (name) => !UNSTORABLE.test(name),
    'Invalid characters: Expected no NUL and no half of a surrogate pair',
  ),
);
const Token = v.pipe(v.string(), v.minLength(1), v.maxLength(8192));

/**
 * Names a message of a client, so that its `ack` can name it again. Unique among all clients: a random UUID.
 */
export const MessageId = Name;

/** What every message of a client may carry. */
export const MESSAGE = { id: v.optional(MessageId) };

/** How far a client has followed the journal of events that `epoch` names. */
export const StreamPosition = v.looseObject({
  epoch: Name,
  /** Offset of the last event it received; 0 before the first. */
  offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type StreamPosition = v.InferOutput<typeof StreamPosition>;

/**
 * `connect`: names the client and asks for capabilities; those the server does not know are left out of its
 * answer.
 */
export const Connect = v.looseObject({
  ...MESSAGE,
  event: v.literal('connect'),
  data: v.optional(
    v.looseObject({
      client_id: v.optional(Name),
      capabilities: v.optional(v.pipe(v.array(v.string()), v.maxLength(50))),
      /** Where to go on, from a client that asks for `resume`. */
      resume: v.optional(StreamPosition),
      /** Who the client is; of no meaning to a server without sign-in. */
      token: v.optional(Token),
    }),
  ),
});
export type Connect = v.InferOutput<typeof Connect>;

/** `ping`: answered with `pong`, which carries back `data.ts` where `round-trip` was agreed. */
export const Ping = v.looseObject({
  ...MESSAGE,
  event: v.literal('ping'),
  data: v.optional(v.looseObject({ ts: v.optional(v.pipe(v.number(), v.finite())) })),
});
export type Ping = v.InferOutput<typeof Ping>;

/** `authenticate`: a new token on an open socket, of a client that agreed to `auth`. */
export const Authenticate = v.looseObject({
  ...MESSAGE,
  event: v.literal('authenticate'),
  data: v.looseObject({ token: Token }),
});

/** A message of a client to the connection itself. */
export const ConnectionMessage = v.variant('event', [Connect, Ping, Authenticate]);
export type ConnectionMessage = v.InferOutput<typeof ConnectionMessage>;

/** `error`: a message of this client was refused, or something went wrong that a person should know. */
export const ErrorEvent = v.looseObject({
  event: v.literal('error'),
  session_id: v.optional(v.string()),
  data: v.looseObject({ message: v.string(), code: v.optional(v.string()) }),
});
export type ErrorEvent = v.InferOutput<typeof ErrorEvent>;

/** `connected`: the answer to `connect`. */
export const Connected = v.looseObject({
  event: v.literal('connected'),
  data: v.looseObject({
    client_id: v.string(),
    capabilities: v.optional(v.array(v.string()), []),
    /** Of a server that agreed on `resume`, with the two below: names the journal. */
    epoch: v.optional(v.string()),
    /** Newest offset in the journal; where the client was recovered, its replay ends here. */
    offset: v.optional(Count),
    /** Whether every event after the client's position follows. */
    recovered: v.optional(v.boolean()),
    /** When the server stops accepting the client's token, in ms since the epoch. */
    expires_at: v.optional(v.number()),
  }),
});
export type Connected = v.InferOutput<typeof Connected>;

/** `pong`: the answer to `ping`, with its `ts` where `round-trip` was agreed. */
export const Pong = v.looseObject({
  event: v.literal('pong'),
  data: v.optional(v.looseObject({ ts: v.optional(v.number()) })),
});

/** `authenticated`: the answer to `authenticate`. */
export const Authenticated = v.looseObject({
  event: v.literal('authenticated'),
  data: v.optional(v.looseObject({ expires_at: v.optional(v.number()) })),
});
export type Authenticated = v.InferOutput<typeof Authenticated>;

/** `ack`: what became of the client's message with this `id`. */
export const Ack = v.looseObject({
  event: v.literal('ack'),
  data: v.looseObject({
    id: v.string(),
    ok: v.boolean(),
    /** Why it was refused; absent where `ok`. */
    error: v.optional(v.looseObject({ code: v.string(), message: v.string() })),
  }),
});
export type Ack = v.InferOutput<typeof Ack>;

/** `batch`: several messages in one frame, each as it would have come in a frame of its own. */
export const Batch = v.looseObject({
  event: v.literal('batch'),
  data: v.looseObject({ events: v.array(v.looseObject({ event: v.string() })) }),
});
export type Batch = v.InferOutput<typeof Batch>;
