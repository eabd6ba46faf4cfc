import type { ExportFormat } from '@creative-autogpt/protocol';

/** Characters that some file system does not take in a name, and those that turn how its end is read. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\p{Bidi_Control}/\\:*?"<>|]+/gu;
/** Characters that `encodeURIComponent` leaves, but RFC 5987 does not allow. */
const NOT_IN_RFC_5987 = /['()*]/g;

/**
 * `Content-Disposition` of a file to be saved: its name in full for current browsers (`filename*`, RFC
 * 5987), and in ASCII for others.
 */
export function attachmentNamed(title: string, format: ExportFormat): string {
  // A name that starts with dots would be a hidden file, or one of the directories `.` and `..`.
  const name =
    title
      .replace(NOT_IN_NAMES, ' ')
      .replace(/^[\s.]+/, '')
      .trim() || 'creative-autogpt';
  const extension = format === 'raw' ? 'raw.json' : format;
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replaceAll('%', '_');
  const encoded = encodeURIComponent(name).replace(
    NOT_IN_RFC_5987,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}.${extension}"; filename*=UTF-8''${encoded}.${extension}`;
}
