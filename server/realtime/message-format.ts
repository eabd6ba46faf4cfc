import { MESSAGEPACK_SUBPROTOCOL } from '@creative-autogpt/protocol/connection';
import type { ServerMessage } from './application';
import type { JournalEntry } from './journal';
import { JSON_FORMAT } from './json-format';
import { MESSAGEPACK_FORMAT } from './messagepack-format';

/**
 * How messages are written into frames and read from them. The bytes are shared between sockets: nobody
 * changes them.
 */
export interface MessageFormat {
  /** Whether its frames are binary frames, otherwise text frames. */
  readonly isBinary: boolean;

  encode(message: ServerMessage): Buffer;
  /** @param withOffset whether the event carries its offset, for a client that resumes */
  encodeEntry(entry: JournalEntry, withOffset: boolean): Buffer;
  /** The `batch` of messages that are encoded already. */
  join(messages: readonly Buffer[]): Buffer;

  /** @throws FrameBoundsError when the frame holds too much, another Error when it is not of this format */
  decode(frame: Buffer): unknown;
}

/** The subprotocol that a client is given of those it offers; false for none, which is JSON. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return offered.has(MESSAGEPACK_SUBPROTOCOL) && MESSAGEPACK_SUBPROTOCOL;
}

/** The format that a subprotocol stands for. */
export function formatOf(subprotocol: string): MessageFormat {
  return subprotocol === MESSAGEPACK_SUBPROTOCOL ? MESSAGEPACK_FORMAT : JSON_FORMAT;
}
