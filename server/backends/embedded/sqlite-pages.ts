import { existsSync, readFileSync } from 'node:fs';

/** The page size (bytes) of a database whose header does not tell: SQLite's default. */
const DEFAULT_PAGE_SIZE = 4096;

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/**
 * The pages of a database file and of its write-ahead log, without SQLite, which refuses a file that is
 * damaged in the wrong place. https://sqlite.org/fileformat2.html
 */
export class SqlitePages {
  readonly #file: Buffer;
  readonly #pageSize: number;
  /** Pages that the log has in a newer state. */
  readonly #logged: ReadonlyMap<number, Buffer>;
  /** Number of pages. */
  readonly count: number;

  constructor(file: string) {
    this.#file = readFileSync(file);
    this.#pageSize = pageSizeOf(this.#file);
    const log = `${file}-wal`;
    this.#logged = existsSync(log) ? committedFrames(readFileSync(log), this.#pageSize) : new Map();
    this.count = Math.max(Math.floor(this.#file.length / this.#pageSize), ...this.#logged.keys());
  }

  /** A page by its number, from 1; undefined where there is none. */
  page(number: number): Buffer | undefined {
    const logged = this.#logged.get(number);
    if (logged !== undefined) {
      return logged;
    }
    const page = this.#file.subarray((number - 1) * this.#pageSize, number * this.#pageSize);
    return number >= 1 && page.length === this.#pageSize ? page : undefined;
  }

  /** Numbers of the pages that are free: what they have was deleted. */
  free(): ReadonlySet<number> {
    const free = new Set<number>();
    let trunk = this.page(1)?.readUInt32BE(32) ?? 0;
    while (trunk !== 0 && !free.has(trunk)) {
      const page = this.page(trunk);
      if (page === undefined) {
        break;
      }
      free.add(trunk);
      const leaves = Math.min(page.readUInt32BE(4), this.#pageSize / 4 - 2);
      for (let leaf = 0; leaf < leaves; leaf += 1) {
        free.add(page.readUInt32BE(8 + leaf * 4));
      }
      trunk = page.readUInt32BE(0);
    }
    return free;
  }
}

function pageSizeOf(file: Buffer): number {
  const stated = file.length >= 18 ? file.readUInt16BE(16) : 0;
  const size = stated === 1 ? 65_536 : stated;
  return size >= 512 && (size & (size - 1)) === 0 ? size : DEFAULT_PAGE_SIZE;
}

/** The newest state of each page among the frames that were committed since the log was begun anew. */
function committedFrames(log: Buffer, pageSize: number): ReadonlyMap<number, Buffer> {
  const committed = new Map<number, Buffer>();
  const salts = log.subarray(16, 24);
  let open: [number, Buffer][] = [];
  for (let at = WAL_HEADER; at + FRAME_HEADER + pageSize <= log.length; at += FRAME_HEADER + pageSize) {
    if (!log.subarray(at + 8, at + 16).equals(salts)) {
      break;
    }
    open.push([log.readUInt32BE(at), log.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize)]);
    const isCommit = log.readUInt32BE(at + 4) !== 0;
    if (isCommit) {
      open.forEach(([number, page]) => committed.set(number, page));
      open = [];
    }
  }
  return committed;
}
