import { isRealtimeMessage, type RealtimeMessage } from '../realtime-message';

/** Objects, besides bytes, that codecs may write in a form of their own, and that every copy keeps. */
const KEPT: ReadonlySet<string> = new Set(
  ['Date', 'Map', 'Set', 'ArrayBuffer'].map((name) => `[object ${name}]`),
);

/**
 * A copy of a message that says the same wherever it is written as a frame: at once, later, by another tab or
 * by another page. What the browser's copies would lose is settled before: as in JSON, `toJSON()` is called,
 * other objects are reduced to their own fields, what is undefined, a function or a symbol is left out, or
 * null in a list, and a date that is none is null. Bytes, dates, maps, sets and bigints stay what they are,
 * for codecs that have a form for them.
 *
 * @throws TypeError for circular references, and for what is no message any more
 */
export function plainMessage(message: RealtimeMessage): RealtimeMessage {
  const copy = plain(message, '', []);
  if (!isRealtimeMessage(copy)) {
    throw new TypeError(ngDevMode ? 'Its toJSON() gives no message.' : '');
  }
  return copy;
}

function plain(value: unknown, key: string, ancestors: readonly unknown[]): unknown {
  if (value instanceof Uint8Array) {
    // Without the rest of the buffer, which may be a whole frame.
    return value.slice();
  }
  if (value instanceof Date && Number.isNaN(value.getTime())) {
    return null;
  }
  if (ArrayBuffer.isView(value) || KEPT.has(Object.prototype.toString.call(value))) {
    return structuredClone(value);
  }
  const reduced = reduce(value, key);
  if (typeof reduced === 'function' || typeof reduced === 'symbol') {
    return undefined;
  }
  if (typeof reduced !== 'object' || reduced === null) {
    return reduced;
  }
  if (ancestors.includes(reduced)) {
    throw new TypeError(ngDevMode ? `Circular reference at "${key}".` : '');
  }
  const path = [...ancestors, reduced];
  if (Array.isArray(reduced)) {
    return Array.from(reduced, (item, index) => plain(item, String(index), path) ?? null);
  }
  const fields = Object.entries(reduced).map(([name, field]) => [name, plain(field, name, path)] as const);
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

/** What `toJSON()` gives, once. */
function reduce(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    'toJSON' in value &&
    typeof value.toJSON === 'function'
    ? Reflect.apply(value.toJSON, value, [key])
    : value;
}
