import type { ServerEvent } from '@creative-autogpt/protocol';
import type { JournalEntry } from './journal';

/** How envelopes are written into frames and read from them. What it writes is shared between sockets: never changed. */
export interface WireFormat {
  /** Whether its frames are binary frames, otherwise text frames. */
  readonly isBinary: boolean;

  encode(message: ServerEvent): Buffer;
  /** @param withOffset whether the event carries its offset, for a client that resumes */
  encodeEntry(entry: JournalEntry, withOffset: boolean): Buffer;
  /** The `batch` of messages that are encoded already. */
  join(messages: readonly Buffer[]): Buffer;

  /** @throws Error when the frame is not of this format. */
  decode(frame: Buffer): unknown;
}
