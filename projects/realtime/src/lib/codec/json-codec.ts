import { RealtimeError } from '../realtime-error';
import { isRealtimeMessage, type RealtimeMessage } from '../realtime-message';
import type { TransportFrame } from '../transport/transport';

const EXCERPT_LENGTH = 80;

/** Reads one frame. Never throws: what cannot be read is returned as an error, so that the stream goes on. */
export function decodeFrame(frame: TransportFrame): RealtimeMessage | RealtimeError {
  if (typeof frame !== 'string') {
    return undecodable('is binary', `${frame.byteLength} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch (cause) {
    return undecodable('is not JSON', frame, cause);
  }
  return isRealtimeMessage(value) ? value : undecodable('is not an object with an "event" string', frame);
}

/** Writes one message as a frame, or returns why it cannot be written. Never throws. */
export function encodeMessage(message: RealtimeMessage): TransportFrame | RealtimeError {
  try {
    return JSON.stringify(message);
  } catch (cause) {
    return new RealtimeError(
      'unserializable-message',
      `The "${message.event}" message cannot be written as JSON: remove circular references and bigint values.`,
      { event: message.event, cause },
    );
  }
}

function undecodable(what: string, frame: string, cause?: unknown): RealtimeError {
  const excerpt = frame.length > EXCERPT_LENGTH ? `${frame.slice(0, EXCERPT_LENGTH)}…` : frame;
  return new RealtimeError('undecodable-frame', `A frame was ignored because it ${what}: ${excerpt}`, {
    cause,
  });
}
