import { JournaledEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { JournalEntry } from '../realtime/journal';

const StoredEvent = v.pipe(v.nullable(v.string()), v.string(), v.parseJson(), JournaledEvent);

/** What the log says of an entry that cannot be read. */
export const DAMAGED_ENTRY = 'a journal entry is damaged and is dropped with all before it';

/** Whether a stored text, which may be damaged, is the JSON of an event. */
export function isReadable(json: string | null): boolean {
  return v.is(StoredEvent, json);
}

/** Tells which entries of one journal are damaged. Looks at each of them once: many clients read the same. */
export class EntryCheck {
  /** Entries from here to there were found sound. */
  #from = 1;
  #to = 0;

  /** @param entries of the journal, without a gap. @returns the last of them that is damaged, if any */
  lastDamaged(entries: readonly JournalEntry[]): JournalEntry | undefined {
    const damaged = entries.findLast(({ offset, json }) => !this.#isKnown(offset) && !isReadable(json));
    const [first] = entries;
    const last = entries.at(-1);
    if (damaged === undefined && first !== undefined && last !== undefined) {
      const isConnected = first.offset <= this.#to + 1 && last.offset >= this.#from - 1;
      this.#from = isConnected ? Math.min(this.#from, first.offset) : first.offset;
      this.#to = isConnected ? Math.max(this.#to, last.offset) : last.offset;
    }
    return damaged;
  }

  #isKnown(offset: number): boolean {
    return offset >= this.#from && offset <= this.#to;
  }
}
