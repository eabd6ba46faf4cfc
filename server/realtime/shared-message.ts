import type { ServerEvent } from '@creative-autogpt/protocol';
import type { JournalEntry } from './journal';
import { Outgoing } from './outgoing';
import type { WireFormat } from './wire-format';

/** A message on its way to any number of clients: encoded once for each form in which one of them takes it. */
export class SharedMessage {
  readonly #withOffset = new Map<WireFormat, Outgoing>();
  readonly #withoutOffset = new Map<WireFormat, Outgoing>();

  private constructor(private readonly encode: (format: WireFormat, withOffset: boolean) => Buffer) {}

  /** A message that is not in the journal and so has no offset. */
  static of(event: ServerEvent): SharedMessage {
    return new SharedMessage((format) => format.encode(event));
  }

  static ofEntry(entry: JournalEntry): SharedMessage {
    return new SharedMessage((format, withOffset) => format.encodeEntry(entry, withOffset));
  }

  /** @param withOffset whether the client takes offsets */
  in(format: WireFormat, withOffset: boolean): Outgoing {
    const forms = withOffset ? this.#withOffset : this.#withoutOffset;
    let outgoing = forms.get(format);
    if (outgoing === undefined) {
      outgoing = Outgoing.of(this.encode(format, withOffset), format);
      forms.set(format, outgoing);
    }
    return outgoing;
  }
}
