import * as v from 'valibot';
import { Authenticate, Connect, CONNECTION_CAPABILITIES, MESSAGE, Name, Ping } from './connection';
import { Feedback } from './session';
import { soundText, VISIBLE } from './sound-text';

/**
 * What a client sends besides the messages of the connection. Each schema describes the whole message; fields
 * it does not name pass through.
 */

/** Optional parts of the protocol that a client may ask for in `connect`. */
export const CAPABILITIES = ['streaming', ...CONNECTION_CAPABILITIES] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** `subscribe`: one session's updates and text, or without `session_id` the updates of every session. */
export const Subscribe = v.looseObject({
  ...MESSAGE,
  event: v.literal('subscribe'),
  session_id: v.optional(Name),
});

/** `unsubscribe`: ends what the same `subscribe` began. */
export const Unsubscribe = v.looseObject({
  ...MESSAGE,
  event: v.literal('unsubscribe'),
  session_id: v.optional(Name),
});

/** The commands that steer a session. */
export const SESSION_COMMANDS = ['start', 'pause', 'resume', 'stop'] as const;
export type SessionCommand = (typeof SESSION_COMMANDS)[number];

export const Command = v.looseObject({
  ...MESSAGE,
  event: v.picklist(SESSION_COMMANDS),
  session_id: Name,
});
export type Command = v.InferOutput<typeof Command>;

/** What a person can decide about a text that waits for approval. */
export const APPROVAL_ACTIONS = ['approve', 'reject', 'regenerate'] as const;
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];

/** What a person tells the author. */
const Words = v.pipe(
  v.string(),
  v.transform(soundText),
  Feedback.entries.message,
  v.regex(VISIBLE, 'Invalid text: Expected a visible character'),
);

/** A decision about a task that is `pending_approval`. */
export const Decision = v.looseObject({
  action: v.picklist(APPROVAL_ACTIONS),
  /** Reaches the next draft of the task. */
  feedback: v.optional(Words),
});
export type Decision = v.InferOutput<typeof Decision>;

/** A word to the author, about one task or all that follow. */
export const NewFeedback = v.looseObject({
  message: Words,
  task_id: v.optional(Name),
});
export type NewFeedback = v.InferOutput<typeof NewFeedback>;

/** `approve`: decides about a text that waits for approval. */
export const Approve = v.looseObject({
  ...MESSAGE,
  event: v.literal('approve'),
  session_id: Name,
  data: v.looseObject({ ...Decision.entries, task_id: Name }),
});
export type Approve = v.InferOutput<typeof Approve>;

/** `feedback`: tells the author something. */
export const GiveFeedback = v.looseObject({
  ...MESSAGE,
  event: v.literal('feedback'),
  session_id: Name,
  data: NewFeedback,
});
export type GiveFeedback = v.InferOutput<typeof GiveFeedback>;

const SESSION_MESSAGES = [Subscribe, Unsubscribe, Command, Approve, GiveFeedback] as const;

/** A message of a client about sessions. */
export const SessionMessage = v.variant('event', SESSION_MESSAGES);
export type SessionMessage = v.InferOutput<typeof SessionMessage>;

/** Any message a client may send. */
export const ClientMessage = v.variant('event', [Connect, Ping, ...SESSION_MESSAGES, Authenticate]);
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
