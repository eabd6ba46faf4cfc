import { ConnectionMessage, MessageId, soundText } from '@creative-autogpt/protocol/connection';
import * as v from 'valibot';
import type { Message, Refusal } from './application';
import { FrameBoundsError } from './frame-bounds';
import type { IncomingFrame } from './inbox';
import type { MessageFormat } from './message-format';

/** What a frame turned out to be: a message to the connection or to the application, or a refused one. */
export type ParsedFrame<M extends Message> =
  | { readonly to: 'connection'; readonly message: ConnectionMessage }
  | { readonly to: 'application'; readonly message: M }
  | {
      readonly to: 'nobody';
      readonly refusal: Refusal;
      /** The id of the refused message, where it has one. */
      readonly id: string | undefined;
    };

/** Longest reason of a refusal (UTF-16 code units). */
const MAX_REASON_LENGTH = 300;

const Envelope = v.looseObject({ event: v.string() });
const Named = v.object({ id: MessageId });
const ConnectionEvent = v.picklist(ConnectionMessage.options.map(({ entries }) => entries.event.literal));

/**
 * Reads one frame of a client. A refusal says which field is wrong. @param messages those of the application
 */
export function parseFrame<M extends Message>(
  { bytes, isBinary }: IncomingFrame,
  format: MessageFormat,
  messages: v.GenericSchema<unknown, M>,
): ParsedFrame<M> {
  if (isBinary !== format.isBinary) {
    const [right, wrong] = format.isBinary ? ['binary', 'text'] : ['text', 'binary'];
    return refuse('invalid_message', `A message must be a ${right} frame, not a ${wrong} one.`);
  }
  let value: unknown;
  try {
    value = format.decode(bytes);
  } catch (error) {
    if (error instanceof FrameBoundsError) {
      return refuse('invalid_message', error.message);
    }
    return format.isBinary
      ? refuse('invalid_message', 'The frame is not MessagePack.')
      : refuse('invalid_json', 'The frame is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('invalid_message', 'A message must be an object.');
  }
  return parseEnvelope(value, messages);
}

function parseEnvelope<M extends Message>(
  value: object,
  messages: v.GenericSchema<unknown, M>,
): ParsedFrame<M> {
  const named = v.safeParse(Named, value);
  const id = named.success ? named.output.id : undefined;
  const envelope = v.safeParse(Envelope, value);
  if (!envelope.success) {
    return refuse('invalid_message', describe(envelope.issues[0]), id);
  }
  const { event } = envelope.output;
  if (v.is(ConnectionEvent, event)) {
    const parsed = v.safeParse(ConnectionMessage, value);
    return parsed.success
      ? { to: 'connection', message: parsed.output }
      : refuse('invalid_message', describe(parsed.issues[0]), id);
  }
  const parsed = v.safeParse(messages, value);
  if (parsed.success) {
    return { to: 'application', message: parsed.output };
  }
  const [issue] = parsed.issues;
  // The event tells the messages apart: when it is wrong, it is that of no message.
  return v.getDotPath(issue) === 'event'
    ? refuse('unknown_event', `This server does not know the event "${event.slice(0, 100)}".`, id)
    : refuse('invalid_message', describe(issue), id);
}

/** A reason of a refusal: it may repeat what a client sent, but not all of it, nor halves of characters. */
export function boundedReason(reason: string): string {
  return soundText(reason.slice(0, MAX_REASON_LENGTH));
}

function refuse(code: string, message: string, id?: string): ParsedFrame<never> {
  return { to: 'nobody', refusal: { code, message: boundedReason(message) }, id };
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `The field "${v.getDotPath(issue) ?? ''}" is wrong: ${issue.message}.`;
}
