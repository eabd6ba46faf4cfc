import { ClientMessage, type ErrorCode } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** What a frame turned out to be: a message, or why it is refused. */
export type ParsedFrame =
  | { readonly message: ClientMessage }
  | { readonly refusal: { readonly code: ErrorCode; readonly reason: string } };

const Envelope = v.looseObject({ event: v.string() });

/** Reads one frame of a client. A reason names the field that is wrong. */
export function parseMessage(frame: Buffer, isBinary: boolean): ParsedFrame {
  if (isBinary) {
    return refuse('invalid_message', 'A message must be a text frame, not a binary one.');
  }
  let json: unknown;
  try {
    json = JSON.parse(frame.toString('utf8'));
  } catch {
    return refuse('invalid_json', 'The frame is not JSON.');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse('invalid_message', 'A message must be a JSON object.');
  }
  const envelope = v.safeParse(Envelope, json);
  if (!envelope.success) {
    return refuse('invalid_message', describe(envelope.issues[0]));
  }
  const parsed = v.safeParse(ClientMessage, json);
  if (parsed.success) {
    return { message: parsed.output };
  }
  const [issue] = parsed.issues;
  // The discriminator of the variant: a string, but of no message.
  return v.getDotPath(issue) === 'event'
    ? refuse('unknown_event', `This server does not know the event "${envelope.output.event.slice(0, 100)}".`)
    : refuse('invalid_message', describe(issue));
}

function refuse(code: ErrorCode, reason: string): ParsedFrame {
  return { refusal: { code, reason } };
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `The field "${v.getDotPath(issue) ?? ''}" is wrong: ${issue.message}.`;
}
