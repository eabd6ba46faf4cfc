import type { SqlitePages } from './sqlite-pages';

/** A value as it is stored: text and blobs as their bytes. */
export type StoredValue = Buffer | number | null;

/** A row of some table, in the order of its stored columns. */
export interface StoredRow {
  readonly rowId: number;
  readonly values: readonly StoredValue[];
}

/** What is left of a page of rows. */
export interface StoredRows {
  readonly rows: readonly StoredRow[];
  /** Rows that cannot be made out. */
  readonly unreadable: number;
}

/** The type of a page that has rows of a table. */
const TABLE_LEAF = 13;

/** Longest row (bytes) that is believed in. */
const LONGEST_ROW = 100_000_000;

/** Stands behind a text whose end is lost: it is no UTF-8, so that the text counts as damaged. */
const CUT_OFF = Buffer.from([0xff]);

/** Bytes of an integer by its serial type. */
const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

/** The rows of a page, however damaged the pages above it are; undefined for a page of another type. */
export function rowsOf(pages: SqlitePages, number: number): StoredRows | undefined {
  const page = pages.page(number);
  // The header of the file comes first in its first page, which has no rows of people.
  if (page?.[0] !== TABLE_LEAF) {
    return undefined;
  }
  const cells = Math.min(page.readUInt16BE(3), Math.floor((page.length - 8) / 2));
  const rows: StoredRow[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    const row = rowAt(pages, page, page.readUInt16BE(8 + cell * 2));
    if (row !== undefined) {
      rows.push(row);
    }
  }
  return { rows, unreadable: cells - rows.length };
}

function rowAt(pages: SqlitePages, page: Buffer, at: number): StoredRow | undefined {
  const cell = new Varints(page, at);
  const length = cell.next();
  const rowId = cell.next();
  if (length === undefined || rowId === undefined || length > LONGEST_ROW) {
    return undefined;
  }
  const payload = payloadAt(pages, page, cell.at, length);
  const values = valuesOf(payload);
  return values && { rowId, values };
}

/** The bytes of a row, of which the first are in its page, and the others in a chain of pages. */
function payloadAt(pages: SqlitePages, page: Buffer, at: number, length: number): Buffer {
  const usable = page.length;
  const most = usable - 35;
  if (length <= most) {
    return page.subarray(at, at + length);
  }
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const kept = least + ((length - least) % (usable - 4));
  const local = kept <= most ? kept : least;
  const parts = [page.subarray(at, at + local)];
  let next = at + local + 4 <= usable ? page.readUInt32BE(at + local) : 0;
  let left = length - local;
  const seen = new Set<number>();
  while (left > 0) {
    const overflow = seen.has(next) ? undefined : pages.page(next);
    if (overflow === undefined) {
      return Buffer.concat([...parts, CUT_OFF]);
    }
    seen.add(next);
    const part = overflow.subarray(4, 4 + Math.min(left, usable - 4));
    parts.push(part);
    left -= part.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** Undefined where it cannot be a row. */
function valuesOf(payload: Buffer): readonly StoredValue[] | undefined {
  const header = new Varints(payload, 0);
  const headerLength = header.next();
  if (headerLength === undefined || headerLength > payload.length) {
    return undefined;
  }
  const values: StoredValue[] = [];
  let at = headerLength;
  while (header.at < headerLength) {
    const type = header.next();
    if (type === undefined || at > payload.length) {
      return undefined;
    }
    const bytes = lengthOf(type);
    const stored = payload.subarray(at, at + bytes);
    values.push(valueOf(type, stored));
    at += bytes;
  }
  return values;
}

function lengthOf(type: number): number {
  if (type >= 12) {
    return Math.floor((type - 12) / 2);
  }
  return type === 7 ? 8 : (INTEGER_BYTES[type] ?? 0);
}

function valueOf(type: number, stored: Buffer): StoredValue {
  if (type >= 12) {
    return stored;
  }
  if (type === 8 || type === 9) {
    return type - 8;
  }
  if (type === 0 || type > 7 || stored.length < lengthOf(type)) {
    return null;
  }
  if (type === 7) {
    return stored.readDoubleBE(0);
  }
  return stored.length === 8 ? Number(stored.readBigInt64BE(0)) : stored.readIntBE(0, stored.length);
}

/** Reads whole numbers of 1 to 9 bytes, one after the other. */
class Varints {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  /** Undefined behind the end. */
  next(): number | undefined {
    let value = 0n;
    for (let index = 0; index < 9; index += 1) {
      const byte = this.bytes[this.at];
      if (byte === undefined) {
        return undefined;
      }
      this.at += 1;
      if (index === 8) {
        return Number(BigInt.asIntN(64, (value << 8n) | BigInt(byte)));
      }
      value = (value << 7n) | BigInt(byte & 0x7f);
      if (byte < 0x80) {
        return Number(value);
      }
    }
    return undefined;
  }
}
