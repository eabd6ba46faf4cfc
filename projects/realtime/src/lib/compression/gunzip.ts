/**
 * Bytes inflated at a time. A browser inflates the whole of what it is given before it can be stopped, to
 * about a thousand times its size.
 */
const SLICE = 8_192;

/**
 * The UTF-8 text in gzip data. It is loaded on demand and imports nothing: otherwise bundlers would cut every
 * application in two, with or without compression, so that both could share the rest.
 *
 * @param compressed the data, or its base64
 * @param limit bytes the text may have; reading stops as soon as there are more
 * @throws RangeError when it inflates to more than `limit`; Error when it is corrupt, or the browser cannot
 *   inflate
 */
export async function gunzip(compressed: string | Uint8Array<ArrayBuffer>, limit: number): Promise<string> {
  if (typeof DecompressionStream === 'undefined') {
    throw new Error('This browser has no DecompressionStream.');
  }
  try {
    const bytes = typeof compressed === 'string' ? fromBase64(compressed) : compressed;
    return await readText(slices(bytes).pipeThrough(new DecompressionStream('gzip')), limit);
  } catch (cause) {
    throw cause instanceof RangeError ? cause : new Error('The gzip data is corrupt.', { cause });
  }
}

async function readText(stream: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = stream.getReader();
  let text = '';
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new RangeError(`The gzip data inflates to more than ${limit} bytes.`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function slices(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let offset = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (offset < bytes.length) {
        controller.enqueue(bytes.subarray(offset, (offset += SLICE)));
      } else {
        controller.close();
      }
    },
  });
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
