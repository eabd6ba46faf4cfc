import type { RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError, textOf } from '../realtime-error';
import { isRealtimeMessage, type RealtimeMessage } from '../realtime-message';
import type { OutgoingFrame, TransportFrame } from '../transport/transport';
import { plainMessage } from './plain-message';
import type { RealtimeCodec } from './realtime-codec';

const EXCERPT_LENGTH = 80;

/** Reads one frame. Never throws: what cannot be read is returned as an error, so that the stream goes on. */
export function decodeFrame(codec: RealtimeCodec, frame: TransportFrame): RealtimeMessage | RealtimeError {
  let value: unknown;
  try {
    value = codec.decode(frame);
  } catch (cause) {
    return undecodable(ngDevMode && `is not ${codec.name}`, frame, cause);
  }
  return isRealtimeMessage(value)
    ? value
    : undecodable(ngDevMode && 'is not an object with an "event" string', frame);
}

/**
 * Writes one message as a frame, or returns why it cannot be written. Never throws.
 *
 * @param hooks the extensions through which it goes before
 */
export function encodeMessage(
  codec: RealtimeCodec,
  message: RealtimeMessage,
  hooks: readonly RealtimeHooks[],
): OutgoingFrame | RealtimeError {
  try {
    const last = hooks.reduce((given, each) => each.outgoing?.(given) ?? given, message);
    return codec.encode(plainMessage(last));
  } catch (cause) {
    return new RealtimeError(
      'unserializable-message',
      ngDevMode &&
        `The "${message.event}" message cannot be written as ${codec.name}: remove what it has no form for, such as ` +
          `circular references and bigint values (${textOf(cause)}).`,
      { event: message.event, cause },
    );
  }
}

function undecodable(what: string | false | null, frame: TransportFrame, cause?: unknown): RealtimeError {
  const message = ngDevMode && `A frame was ignored because it ${String(what)}: ${excerpt(frame)}`;
  return new RealtimeError('undecodable-frame', message, { cause });
}

function excerpt(frame: TransportFrame): string {
  if (typeof frame !== 'string') {
    return `${frame.byteLength} bytes`;
  }
  return frame.length > EXCERPT_LENGTH ? `${frame.slice(0, EXCERPT_LENGTH)}…` : frame;
}
