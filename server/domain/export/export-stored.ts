/** One part of a session as it is stored: a record, or a text. */
export interface StoredPart {
  readonly of: 'session' | 'task' | 'text';
  /** Id of the session or of the task. */
  readonly id: string;
  /** When it was set aside, ISO 8601; null for what is in its place. */
  readonly setAsideAt: string | null;
  readonly bytes: Uint8Array;
}

/**
 * What is stored of a session as JSON, for people who look for what damage has left. Bytes that are no
 * UTF-8 are there as base64, too.
 */
export function exportStored(parts: readonly StoredPart[]): string {
  const stored = parts.map(({ of, id, setAsideAt, bytes }) => {
    const buffer = Buffer.from(bytes);
    const text = buffer.toString('utf8');
    const isText = Buffer.from(text).equals(buffer);
    return {
      of,
      id,
      ...(setAsideAt !== null && { set_aside_at: setAsideAt }),
      text,
      ...(!isText && { base64: buffer.toString('base64') }),
    };
  });
  return `${JSON.stringify({ stored }, null, 2)}\n`;
}
