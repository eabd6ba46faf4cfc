import type { OutgoingFrame, TransportFrame } from './transport';

const encoder = new TextEncoder();
/** Where text is written to be counted: it fits most frames, and saves an allocation for each. */
const scratch = new Uint8Array(8_192);

/**
 * Bytes of payload in a frame: of text, those of its UTF-8 form. Compression by the socket is not seen here.
 */
export function frameSize(frame: TransportFrame | OutgoingFrame): number {
  if (typeof frame !== 'string') {
    return frame.byteLength;
  }
  let size = 0;
  let rest = frame;
  for (;;) {
    const { read, written } = encoder.encodeInto(rest, scratch);
    size += written;
    if (read === rest.length) {
      return size;
    }
    rest = rest.slice(read);
  }
}
