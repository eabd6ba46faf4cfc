import type { RealtimeMessage } from '../realtime-message';
import type { OutgoingFrame, TransportFrame } from '../transport/transport';

/** How messages are written as frames. It keeps no state between frames. */
export interface RealtimeCodec {
  /** What its frames hold, for people: `JSON`, `MessagePack`. */
  readonly name: string;
  /**
   * Reads one frame; whether it is a message is checked afterwards.
   *
   * @throws when the frame cannot be read: it is reported and ignored
   */
  decode(frame: TransportFrame): unknown;
  /**
   * Writes one message as one frame.
   *
   * @throws when the message holds what cannot be written: it is reported and not sent
   */
  encode(message: RealtimeMessage): OutgoingFrame;
}

/** A codec for the connections on which the server agreed to a WebSocket subprotocol. */
export interface SubprotocolCodec {
  /** Name of the subprotocol. */
  readonly protocol: string;
  /** Called when the server first agreed to the subprotocol; frames wait meanwhile. */
  load(): Promise<RealtimeCodec>;
}

/** The codec of every connection on which no other was agreed: one JSON object in a text frame. */
export const JSON_CODEC: RealtimeCodec = {
  name: 'JSON',
  decode: (frame): unknown => {
    if (typeof frame !== 'string') {
      throw new TypeError(ngDevMode ? 'The frame is binary.' : '');
    }
    return JSON.parse(frame);
  },
  encode: (message) => JSON.stringify(message),
};
