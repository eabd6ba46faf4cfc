import type { ServerMessage } from './application';
import type { JournalEntry } from './journal';
import type { MessageFormat } from './message-format';
import { OutgoingFrame } from './outgoing-frame';

/**
 * A message on its way to any number of clients: encoded once for each form in which one of them takes it.
 */
export class SharedMessage {
  readonly #withOffset = new Map<MessageFormat, OutgoingFrame>();
  readonly #withoutOffset = new Map<MessageFormat, OutgoingFrame>();

  private constructor(private readonly encode: (format: MessageFormat, withOffset: boolean) => Buffer) {}

  /** A message that is not in the journal and so has no offset. */
  static of(message: ServerMessage): SharedMessage {
    return new SharedMessage((format) => format.encode(message));
  }

  static ofEntry(entry: JournalEntry): SharedMessage {
    return new SharedMessage((format, withOffset) => format.encodeEntry(entry, withOffset));
  }

  /** @param withOffset whether the client takes offsets */
  in(format: MessageFormat, withOffset: boolean): OutgoingFrame {
    const forms = withOffset ? this.#withOffset : this.#withoutOffset;
    let frame = forms.get(format);
    if (frame === undefined) {
      frame = OutgoingFrame.of(this.encode(format, withOffset), format);
      forms.set(format, frame);
    }
    return frame;
  }
}
