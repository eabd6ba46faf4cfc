import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { toSession } from '../domain/session-record';
import type { WorkState } from '../domain/work-draft';
import type { ContentEncoding, FormedWork } from '../ports/store';
import { RecentlyUsed } from './recently-used';

/** Bytes of all works that are kept in the forms they were asked for. */
const KEPT_BYTES = 32 * 1024 * 1024;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const COMPRESSORS: Readonly<Record<ContentEncoding, (content: Buffer) => Promise<Buffer>>> = {
  br: (content) => promisify(brotliCompress)(content, BROTLI),
  gzip: promisify<Buffer, Buffer>(gzip),
};

/** A work in one form, also while that is made, and the records that it is made of. */
export interface KeptWork extends Pick<WorkState, 'session' | 'tasks'> {
  readonly content: Promise<Buffer>;
  readonly compressed: Map<ContentEncoding, Promise<Buffer>>;
}

/** Works of all owners in the forms they were asked for, as far as there is room for them. */
export class KeptWorks {
  readonly #works = new RecentlyUsed<KeptWork>(KEPT_BYTES);
  #compressing: Promise<unknown> = Promise.resolve();

  /** The work that is kept under a name, if it is made of these records. */
  find(name: string, { session, tasks }: WorkState): KeptWork | undefined {
    const kept = this.#works.get(name);
    // A record that has not changed is the same object.
    const isCurrent =
      kept?.session === session &&
      kept.tasks.length === tasks.length &&
      kept.tasks.every((task, index) => task === tasks[index]);
    return isCurrent ? kept : undefined;
  }

  keep(name: string, { session, tasks }: WorkState, content: Promise<Buffer>): KeptWork {
    const made: KeptWork = { session, tasks, content, compressed: new Map() };
    this.#works.set(name, made, 0);
    this.#measure(name, made, content);
    return made;
  }

  async formed(name: string, kept: KeptWork): Promise<FormedWork> {
    const content = await kept.content;
    return {
      session: toSession(kept.session),
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
      ({ length }) => {
        if (isKept()) {
          this.#works.grow(name, length);
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
