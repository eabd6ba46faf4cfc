import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type SessionRecord, toSession } from '../domain/session-record';
import type { TaskRecord } from '../domain/task-record';
import type { WorkState } from '../domain/work-draft';
import type { ContentEncoding, FormedWork } from '../ports/store';
import { RecentlyUsed } from './recently-used';

/** Bytes of all works that are kept in the forms they were asked for. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Bytes that it takes to recognize a record, and to keep a work at all. */
const BYTES_OF_A_RECORD = 128;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const COMPRESSORS: Readonly<Record<ContentEncoding, (content: Buffer) => Promise<Buffer>>> = {
  br: (content) => promisify(brotliCompress)(content, BROTLI),
  gzip: promisify<Buffer, Buffer>(gzip),
};

/** A work in one form, also while that is made. */
interface KeptWork {
  /**
   * The records that it is made of. They may be much larger than this form of them, so they are recognized, but
   * not kept from being forgotten.
   */
  readonly records: readonly WeakRef<SessionRecord | TaskRecord>[];
  readonly content: Promise<Buffer>;
  readonly compressed: Map<ContentEncoding, Promise<Buffer>>;
}

/** Works of all owners in the forms they were asked for, as far as there is room for them. */
export class KeptWorks {
  readonly #works = new RecentlyUsed<KeptWork>(KEPT_BYTES);
  #compressing: Promise<unknown> = Promise.resolve();

  /** The work that is kept under a name, if it is made of these records. */
  find(name: string, work: WorkState): KeptWork | undefined {
    const kept = this.#works.get(name);
    const records = recordsOf(work);
    // A record that has not changed is the same object.
    const isCurrent =
      kept?.records.length === records.length &&
      kept.records.every((record, index) => record.deref() === records[index]);
    return isCurrent ? kept : undefined;
  }

  keep(name: string, work: WorkState, content: Promise<Buffer>): KeptWork {
    const records = recordsOf(work).map((record) => new WeakRef(record));
    const made: KeptWork = { records, content, compressed: new Map() };
    this.#works.set(name, made, records.length * BYTES_OF_A_RECORD);
    this.#measure(name, made, content);
    return made;
  }

  /** @param session that the work is of */
  async formed(name: string, kept: KeptWork, session: SessionRecord): Promise<FormedWork> {
    const content = await kept.content;
    return {
      session: toSession(session),
      content,
      compressed: (encoding) => {
        const known = kept.compressed.get(encoding) ?? this.#compress(content, encoding);
        if (!kept.compressed.has(encoding)) {
          kept.compressed.set(encoding, known);
          this.#measure(name, kept, known);
        }
        return known;
      },
    };
  }

  /** One after the other: the messages of clients are decompressed by the same threads. */
  #compress(content: Buffer, encoding: ContentEncoding): Promise<Buffer> {
    const compressed = this.#compressing.then(() => COMPRESSORS[encoding](content));
    this.#compressing = compressed.catch(() => undefined);
    return compressed;
  }

  /** Counts what was made; what could not be made is made anew by the next who asks. */
  #measure(name: string, work: KeptWork, made: Promise<Buffer>): void {
    const isKept = (): boolean => this.#works.get(name) === work;
    made.then(
      // A small buffer is a piece of a larger one, all of which is kept.
      ({ buffer }) => {
        if (isKept()) {
          this.#works.grow(name, buffer.byteLength);
        }
      },
      () => {
        if (isKept()) {
          this.#works.delete(name);
        }
      },
    );
  }
}

function recordsOf({ session, tasks }: WorkState): readonly (SessionRecord | TaskRecord)[] {
  return [session, ...tasks];
}
