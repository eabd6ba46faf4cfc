import { checkBounds } from './frame-bounds';

/** The first byte of a value says what it is (https://github.com/msgpack/msgpack/blob/master/spec.md). */
const FIX_MAP = 0x80;
const FIX_ARRAY = 0x90;
const FIX_STRING = 0xa0;
const NIL = 0xc0;
const NEGATIVE_FIX_INT = 0xe0;

/** What follows the first byte: so many bytes, or a number of that many bytes that says how many follow it. */
interface Layout {
  readonly bytes?: number;
  readonly lengthBytes?: 1 | 2 | 4;
  /** Whether the number counts the values of an array, or the pairs of a map. */
  readonly holds?: 'items' | 'pairs';
}

/** From `NIL` on, in order; each of the length, then of the type of an extension, then of the bytes. */
const LAYOUTS: readonly Layout[] = [
  ...[{}, {}, {}, {}],
  ...([1, 2, 4] as const).map((lengthBytes) => ({ lengthBytes })),
  ...([1, 2, 4] as const).map((lengthBytes) => ({ lengthBytes, bytes: 1 })),
  ...[4, 8].map((bytes) => ({ bytes })),
  ...[1, 2, 4, 8].map((bytes) => ({ bytes })),
  ...[1, 2, 4, 8].map((bytes) => ({ bytes })),
  ...[1, 2, 4, 8, 16].map((bytes) => ({ bytes: 1 + bytes })),
  ...([1, 2, 4] as const).map((lengthBytes) => ({ lengthBytes })),
  ...([2, 4] as const).map((lengthBytes) => ({ lengthBytes, holds: 'items' as const })),
  ...([2, 4] as const).map((lengthBytes) => ({ lengthBytes, holds: 'pairs' as const })),
];

/** Where a value ends, and how many values it says that it holds, which follow there. */
interface Head {
  readonly end: number;
  readonly holds: number;
}

/**
 * Looks at the first bytes of each value. Whether the frame is MessagePack is for the decoder to say.
 *
 * @throws FrameBoundsError when the frame holds, or says that it holds, too much
 */
export function checkMessagePackBounds(frame: Buffer): void {
  /** How many values are still to come, in each array and map that is open. */
  const toCome: number[] = [];
  let values = 1;
  for (let position = 0; position < frame.length;) {
    const { end, holds } = headAt(frame, position);
    position = end;
    values += holds;
    let isComplete = holds === 0;
    if (!isComplete) {
      toCome.push(holds);
      checkBounds(values, toCome.length);
    }
    // The last value in an array or a map completes it, too.
    while (isComplete && toCome.length > 0) {
      const rest = (toCome.pop() ?? 0) - 1;
      isComplete = rest === 0;
      if (!isComplete) {
        toCome.push(rest);
      }
    }
  }
}

function headAt(frame: Buffer, begin: number): Head {
  const kind = frame.readUInt8(begin);
  const end = begin + 1;
  if (kind < FIX_MAP || kind >= NEGATIVE_FIX_INT) {
    return { end, holds: 0 };
  }
  if (kind < FIX_ARRAY) {
    return { end, holds: 2 * (kind - FIX_MAP) };
  }
  if (kind < FIX_STRING) {
    return { end, holds: kind - FIX_ARRAY };
  }
  if (kind < NIL) {
    return { end: end + kind - FIX_STRING, holds: 0 };
  }
  const { bytes = 0, lengthBytes, holds } = LAYOUTS[kind - NIL] ?? {};
  if (lengthBytes === undefined) {
    return { end: end + bytes, holds: 0 };
  }
  const content = end + lengthBytes;
  // A frame that ends before its length does holds nothing more.
  const length = content <= frame.length ? frame.readUIntBE(end, lengthBytes) : 0;
  return holds === undefined
    ? { end: content + bytes + length, holds: 0 }
    : { end: content, holds: holds === 'pairs' ? 2 * length : length };
}
