import * as v from 'valibot';
import { Feedback } from './session';

/** What a client sends. Each schema describes the whole message; fields it does not name pass through. */

/** Optional parts of the protocol that a client may ask for in `connect`. */
export const CAPABILITIES = ['streaming', 'resume', 'commands', 'batch', 'round-trip', 'auth'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The subprotocol of a client that speaks MessagePack in binary frames instead of JSON in text frames. */
export const MESSAGEPACK_SUBPROTOCOL = 'creative-autogpt.v1+msgpack';

/** NUL and half of a character: JSON can say them, but they cannot be stored as they are, nor the latter sent on as UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const Name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.check(
    (name) => !UNSTORABLE.test(name),
    'Invalid characters: Expected no NUL and no half of a surrogate pair',
  ),
);
const SessionId = Name;
const Token = v.pipe(v.string(), v.minLength(1), v.maxLength(8192));

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
      /** Who the client is; of no meaning to a server without sign-in. */
      token: v.optional(Token),
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

/** What a person can decide about a text that waits for approval. */
export const APPROVAL_ACTIONS = ['approve', 'reject', 'regenerate'] as const;
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];

/** A decision about a task that is `pending_approval`. */
export const Decision = v.looseObject({
  action: v.picklist(APPROVAL_ACTIONS),
  /** Reaches the next draft of the task. */
  feedback: v.optional(Feedback.entries.message),
});
export type Decision = v.InferOutput<typeof Decision>;

/** A word to the author, about one task or all that follow. */
export const NewFeedback = v.looseObject({
  message: Feedback.entries.message,
  task_id: v.optional(Name),
});
export type NewFeedback = v.InferOutput<typeof NewFeedback>;

/** `approve`: decides about a text that waits for approval. */
export const Approve = v.looseObject({
  ...ENVELOPE,
  event: v.literal('approve'),
  session_id: SessionId,
  data: v.looseObject({ ...Decision.entries, task_id: Name }),
});
export type Approve = v.InferOutput<typeof Approve>;

/** `feedback`: tells the author something. */
export const GiveFeedback = v.looseObject({
  ...ENVELOPE,
  event: v.literal('feedback'),
  session_id: SessionId,
  data: NewFeedback,
});
export type GiveFeedback = v.InferOutput<typeof GiveFeedback>;

/** `authenticate`: a new token on an open socket, of a client that agreed to `auth`. */
export const Authenticate = v.looseObject({
  ...ENVELOPE,
  event: v.literal('authenticate'),
  data: v.looseObject({ token: Token }),
});

/** Any message a client may send. */
export const ClientMessage = v.variant('event', [
  Connect,
  Ping,
  Subscribe,
  Unsubscribe,
  Command,
  Approve,
  GiveFeedback,
  Authenticate,
]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;

/** What each message is for, as `/asyncapi.json` says it. */
export const CLIENT_MESSAGE_SUMMARIES: Readonly<Record<ClientMessage['event'], string>> = {
  connect: 'Names the client, signs it in, and asks for capabilities and for what it missed.',
  ping: 'Asks for a pong.',
  subscribe: 'Asks for the updates and the text of one session, or for the updates of all.',
  unsubscribe: 'Takes back the same subscribe.',
  start: 'Starts a session, or goes on from its first unfinished task.',
  pause: 'Pauses a running session.',
  resume: 'Goes on with a paused session.',
  stop: 'Stops a running or paused session.',
  approve: 'Decides about a text that waits for approval.',
  feedback: 'Tells the author something about what it writes from now on.',
  authenticate: 'Brings a new token on the open socket.',
};

/** Codes of the server's `error` events. */
export const ERROR_CODES = [
  'invalid_json',
  'invalid_message',
  'unknown_event',
  'unknown_session',
  'unknown_task',
  'invalid_state',
  'limit_reached',
  'unauthenticated',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
