import type {
  OutgoingFrame,
  RealtimeCodec,
  RealtimeMessage,
  TransportFrame,
} from '@creative-autogpt/realtime';

/** How messages are written where no other codec was agreed. */
export const JSON_FORMAT: RealtimeCodec = {
  name: 'JSON',
  decode: (frame): unknown => (typeof frame === 'string' ? JSON.parse(frame) : null),
  encode: (message) => JSON.stringify(message),
};

/** The message in a frame that the client sent; one that says so when the codec cannot read it. */
export function readSent(codec: RealtimeCodec, frame: OutgoingFrame): RealtimeMessage {
  try {
    const value = codec.decode(toReceived(frame));
    if (isMessage(value)) {
      return value;
    }
  } catch {
    // The message below says it.
  }
  return { event: `a frame that is not ${codec.name}: give its codec to accept()`, frame };
}

/** The frame that arrives when `frame` is sent. */
export function toReceived(frame: OutgoingFrame): TransportFrame {
  return typeof frame === 'string' ? frame : frame.slice().buffer;
}

/** Whether `value` names its event. */
export function isMessage(value: unknown): value is RealtimeMessage {
  return typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
}
