import { ClientMessage, type ErrorCode, MessageId } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { Frame } from './inbox';
import type { WireFormat } from './wire-format';

/** What a frame turned out to be: a message, or why it is refused. */
export type ParsedFrame =
  | { readonly message: ClientMessage }
  | {
      readonly refusal: { readonly code: ErrorCode; readonly message: string };
      /** The id of the refused message, where it has one. */
      readonly id?: string | undefined;
    };

const Envelope = v.looseObject({ event: v.string() });
const Named = v.object({ id: MessageId });

/** Reads one frame of a client. A refusal says which field is wrong. */
export function parseMessage({ bytes, isBinary }: Frame, format: WireFormat): ParsedFrame {
  if (isBinary !== format.isBinary) {
    const [right, wrong] = format.isBinary ? ['binary', 'text'] : ['text', 'binary'];
    return refuse('invalid_message', `A message must be a ${right} frame, not a ${wrong} one.`);
  }
  let value: unknown;
  try {
    value = format.decode(bytes);
  } catch {
    return format.isBinary
      ? refuse('invalid_message', 'The frame is not MessagePack.')
      : refuse('invalid_json', 'The frame is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('invalid_message', 'A message must be an object.');
  }
  return parseEnvelope(value);
}

function parseEnvelope(value: object): ParsedFrame {
  const named = v.safeParse(Named, value);
  const id = named.success ? named.output.id : undefined;
  const envelope = v.safeParse(Envelope, value);
  if (!envelope.success) {
    return refuse('invalid_message', describe(envelope.issues[0]), id);
  }
  const parsed = v.safeParse(ClientMessage, value);
  if (parsed.success) {
    return { message: parsed.output };
  }
  const [issue] = parsed.issues;
  // The discriminator of the variant: a string, but of no message.
  return v.getDotPath(issue) === 'event'
    ? refuse(
        'unknown_event',
        `This server does not know the event "${envelope.output.event.slice(0, 100)}".`,
        id,
      )
    : refuse('invalid_message', describe(issue), id);
}

function refuse(code: ErrorCode, message: string, id?: string): ParsedFrame {
  return { refusal: { code, message }, id };
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `The field "${v.getDotPath(issue) ?? ''}" is wrong: ${issue.message}.`;
}
