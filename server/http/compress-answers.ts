import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import plugin from 'fastify-plugin';

/** Shorter answers (bytes) fit into one packet anyway. */
const LEAST_BYTES = 1024;
/** Texts; pictures and fonts are compressed already. */
const COMPRESSIBLE = /^text\/|[/+](?:json|javascript|xml)(?:;|$)/;
/** The best that costs less time than it saves on the way. */
const BROTLI_QUALITY = 5;

const ENCODINGS = ['br', 'gzip'] as const;

/**
 * How content goes to a client: the best encoding that it takes, or undefined for none (RFC 9110, 12.5.3).
 *
 * @param accepted its header `Accept-Encoding`
 */
export function encodingFor(
  content: Buffer,
  accepted: string | string[] = '',
): (typeof ENCODINGS)[number] | undefined {
  if (content.length < LEAST_BYTES) {
    return undefined;
  }
  const taken = String(accepted)
    .toLowerCase()
    .split(',')
    .filter((encoding) => !/;\s*q=0(?:\.0*)?\s*$/.test(encoding))
    .map((encoding) => encoding.replace(/;.*$/, '').trim());
  return ENCODINGS.find((encoding) => taken.includes(encoding));
}

/**
 * Has all routes that follow compress their answers for clients that take it: pages, files, data and exports.
 * No answer has a secret beside something that its reader chose, so that its length gives nothing away
 * (BREACH).
 */
export const compressAnswers = plugin(async (app) => {
  await app.register(compress, {
    // What clients send is never expanded here: a small body could become a large one.
    globalDecompression: false,
    encodings: [...ENCODINGS],
    threshold: LEAST_BYTES,
    customTypes: COMPRESSIBLE,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
});
