import type { Transformer, TransformStreamDefaultController } from 'node:stream/web';
import { AuthorError } from '../author';

const MEBIBYTE = 1_048_576;

/** Bytes of one answer, after it was decompressed: far beyond the longest text with its JSON around it. */
const MOST_BYTES = 64 * MEBIBYTE;

/** Bytes of one event of an answer: the SDK keeps an event until an empty line ends it. */
const LARGEST_EVENT = MEBIBYTE;

/** Bytes of a refusal that are read: its message is quoted in a few hundred characters. */
const LONGEST_REFUSAL = 65_536;

/** Time (ms) that reading a refusal may take. The SDK waits for it without an end. */
const REFUSAL_TIME_MS = 10_000;

/** How an event may end. */
const EVENT_ENDS = ['\n\n', '\r\r', '\r\n\r\n'];

/** Bytes that may be in the chunk before when an event ends. */
const LONGEST_BEGUN_END = 3;

/** How much of an answer is read. */
export interface AnswerBounds {
  /** Bytes of one answer, after it was decompressed. @default 64 MiB */
  readonly mostBytes?: number | undefined;
  /** Time (ms) that reading a refusal may take. @default 10000 */
  readonly refusalTime?: number | undefined;
}

/** An answer of any implementation of `fetch`. */
type AnyResponse = Pick<Response, 'body' | 'headers' | 'ok' | 'status' | 'statusText'>;

/**
 * The same answer within bounds. Of a refusal, what is beyond them is left out. Any other answer fails there,
 * and its connection is closed.
 */
export async function boundedAnswer(
  { body, headers, ok, status, statusText }: AnyResponse,
  { mostBytes = MOST_BYTES, refusalTime = REFUSAL_TIME_MS }: AnswerBounds = {},
): Promise<Response> {
  if (body === null) {
    return new Response(null, { headers, status, statusText });
  }
  const bounded = ok
    ? body.pipeThrough(new TransformStream(new BoundedBytes(mostBytes)))
    : await beginningOf(body, refusalTime);
  return new Response(bounded, { headers, status, statusText });
}

/** Passes on the bytes of an answer until they are too many. */
class BoundedBytes implements Transformer<Uint8Array, Uint8Array> {
  #bytes = 0;
  #bytesOfEvent = 0;
  /** The last bytes, among which the end of an event may have begun. */
  #last = Buffer.alloc(0);

  constructor(private readonly mostBytes: number) {}

  /** @throws AuthorError `author_too_long` */
  transform(chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>): void {
    this.#bytes += chunk.length;
    const seen = Buffer.concat([this.#last, chunk]);
    this.#last = seen.subarray(-LONGEST_BEGUN_END);
    const hasEnd = EVENT_ENDS.some((end) => seen.includes(end));
    // An event that begins within the chunk is counted with all of it: chunks are small.
    this.#bytesOfEvent = chunk.length + (hasEnd ? 0 : this.#bytesOfEvent);
    if (this.#bytes > this.mostBytes) {
      throw tooLong(`was larger than ${this.mostBytes / MEBIBYTE} MiB`);
    }
    if (this.#bytesOfEvent > LARGEST_EVENT) {
      throw tooLong(`had a piece of more than ${LARGEST_EVENT / MEBIBYTE} MiB`);
    }
    controller.enqueue(chunk);
  }
}

/** @param how what was too long about the answer, as a past tense */
export function tooLong(how: string): AuthorError {
  return new AuthorError(
    `The answer of the model ${how} and was cut off. Try again; if it goes on, choose another LLM_MODEL.`,
    'author_too_long',
  );
}

/** What comes of a body within the bounds of a refusal. */
async function beginningOf(body: ReadableStream<Uint8Array>, time: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  const timer = setTimeout(() => void reader.cancel(), time);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      chunks.push(value);
      length += value.length;
      if (length >= LONGEST_REFUSAL) {
        await reader.cancel();
        break;
      }
    }
  } finally {
    // Also where the connection breaks off: to cancel a stream that has failed is an error that nobody awaits.
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).subarray(0, LONGEST_REFUSAL);
}
