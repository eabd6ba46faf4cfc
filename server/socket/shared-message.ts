import type { ServerEvent } from '@creative-autogpt/protocol';
import type { JournalEntry } from '../store/journal';
import type { WireFormat } from './wire-format';

/** A message on its way to any number of clients: encoded once for each form in which one of them takes it. */
export class SharedMessage {
  readonly #encoded = new Map<WireFormat, Map<boolean, Buffer>>();

  private constructor(private readonly encode: (format: WireFormat, withOffset: boolean) => Buffer) {}

  /** A message that is not in the journal and so has no offset. */
  static of(event: ServerEvent): SharedMessage {
    return new SharedMessage((format) => format.encode(event));
  }

  static ofEntry(entry: JournalEntry): SharedMessage {
    return new SharedMessage((format, withOffset) => format.encodeEntry(entry, withOffset));
  }

  /** @param withOffset whether the client takes offsets */
  in(format: WireFormat, withOffset: boolean): Buffer {
    const forms = this.#encoded.get(format) ?? new Map<boolean, Buffer>();
    this.#encoded.set(format, forms);
    const buffer = forms.get(withOffset) ?? this.encode(format, withOffset);
    forms.set(withOffset, buffer);
    return buffer;
  }
}
