import { randomUUID } from 'node:crypto';
import type { TaskText } from '@creative-autogpt/protocol';
import { TaskChunk } from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import { Observable } from 'rxjs';
import * as v from 'valibot';
import type { RedisBus } from './redis-bus';
import { asking } from './redis-connection';
import type { RedisKeys } from './redis-keys';
import type { Log } from '../../ports/log';
import { Writing } from '../writing';
import type { NumberedChunk, NumberedText, WritingBoard, WritingPlace } from '../../ports/writing-board';

/**
 * Adds a chunk to the text of a run, and tells of it. Does nothing for a run that is over, for a chunk that
 * is there already because it was sent again, nor for one of whose predecessors one is missing.
 *
 * KEYS: 1 what is written, 2 its text, 3 the hash of the session, 4 the offset of the newest event.
 * ARGV: run, task, name of the text, index, chunk, channel, the chunk as JSON, and all of the text or
 * nothing; with all of it no predecessor is needed.
 *
 * @returns 0 when a predecessor is missing, otherwise 1
 */
const APPEND = `
if redis.call('HGET', KEYS[3], 'run') ~= ARGV[1] then return 1 end
local index = tonumber(ARGV[4])
local known = 0
if redis.call('HGET', KEYS[1], 'text') == ARGV[3] then known = tonumber(redis.call('HGET', KEYS[1], 'index')) end
if index < known then return 1 end
if ARGV[8] ~= '' then
  redis.call('SET', KEYS[2], ARGV[8])
elseif index > known then
  return 0
elseif index == 0 then
  redis.call('SET', KEYS[2], ARGV[5])
else
  redis.call('APPEND', KEYS[2], ARGV[5])
end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'task_id', ARGV[2], 'text', ARGV[3], 'index', index + 1)
local number = redis.call('HINCRBY', KEYS[1], 'number', 1)
local offset = redis.call('GET', KEYS[4]) or '0'
redis.call('PUBLISH', ARGV[6], '{"number":' .. number .. ',"after":' .. offset .. ',"chunk":' .. ARGV[7] .. '}')
return 1
`;

/**
 * Takes the text of a run away, unless that of a later one is there.
 *
 * KEYS: 1 what is written, 2 its text. ARGV: run.
 */
const CLEAR = `
local run = redis.call('HGET', KEYS[1], 'run')
if run and tonumber(run) <= tonumber(ARGV[1]) then
  redis.call('HDEL', KEYS[1], 'run', 'task_id', 'text', 'index')
  redis.call('DEL', KEYS[2])
end
return 1
`;

const ChunkMessage = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ number: v.number(), after: v.number(), chunk: TaskChunk }),
);
const StoredNumber = v.optional(v.pipe(v.string(), v.digits(), v.transform(Number)), '0');
/** What cannot be read is taken for nothing: the next attempt writes it anew. */
const StoredWriting = v.fallback(
  v.object({ task_id: v.optional(v.string()), index: StoredNumber, number: StoredNumber }),
  { task_id: undefined, index: 0, number: 0 },
);

/** The text of one attempt as it is in Redis. */
interface RemoteText {
  /** Tells it from that of another attempt. */
  readonly name: string;
  /** Whether all chunks are there, as far as is known. */
  isWhole: boolean;
}

/** The board of a server that is many processes. What is written by one of them is read from all. */
export class RedisWritingBoard implements WritingBoard {
  readonly #writings = new Map<string, Writing>();

  constructor(
    private readonly redis: Redis,
    private readonly bus: RedisBus,
    private readonly keys: RedisKeys,
    private readonly log: Log,
  ) {}

  chunksOf(owner: string): Observable<NumberedChunk> {
    return new Observable((subscriber) => {
      const listening = this.bus.listen(this.keys.of(owner).chunks, (message) => {
        const parsed = v.safeParse(ChunkMessage, message);
        if (parsed.success) {
          subscriber.next(parsed.output);
        } else {
          this.log.warn({ issues: parsed.issues }, 'another process sent a chunk that cannot be read');
        }
      });
      listening.catch((error: unknown) => {
        subscriber.error(error);
      });
      return () => {
        void listening.then(
          (stop) => {
            stop();
          },
          () => undefined,
        );
      };
    });
  }

  async textOf(owner: string, sessionId: string): Promise<NumberedText> {
    const owned = this.keys.of(owner);
    const answers = await asking(() =>
      this.redis.multi().hgetall(owned.writing(sessionId)).get(owned.writingText(sessionId)).exec(),
    );
    const { task_id: taskId, index, number } = v.parse(StoredWriting, answers?.[0]?.[1]);
    const text = answers?.[1]?.[1];
    return {
      number,
      text:
        taskId === undefined ? null : { task_id: taskId, index, text: typeof text === 'string' ? text : '' },
    };
  }

  open(place: WritingPlace, taskId: string): Writing {
    this.#writings.get(nameOf(place))?.abandon();
    const text = { name: randomUUID(), isWhole: true };
    const writing = new Writing(taskId, (chunk) => {
      this.#append(place, text, chunk, writing.soFar.text);
    });
    this.#writings.set(nameOf(place), writing);
    return writing;
  }

  clear(place: WritingPlace): void {
    this.#writings.get(nameOf(place))?.abandon();
    this.#writings.delete(nameOf(place));
    const owned = this.keys.of(place.owner);
    const keys = [owned.writing(place.sessionId), owned.writingText(place.sessionId)];
    this.#send(this.redis.eval(CLEAR, keys.length, ...keys, place.run));
  }

  /** A chunk that does not arrive is made up for by the next: then all of the text is sent. */
  #append({ owner, sessionId, run }: WritingPlace, text: RemoteText, data: TaskText, soFar: string): void {
    if (this.redis.status !== 'ready') {
      text.isWhole = false;
      return;
    }
    const owned = this.keys.of(owner);
    const keys = [
      owned.writing(sessionId),
      owned.writingText(sessionId),
      owned.session(sessionId),
      owned.offset,
    ];
    const chunk: TaskChunk = { event: 'task.chunk', session_id: sessionId, data };
    const args = [run, data.task_id, text.name, data.index, data.text, owned.chunks, JSON.stringify(chunk)];
    const appending = this.redis.eval(APPEND, keys.length, ...keys, ...args, text.isWhole ? '' : soFar);
    text.isWhole = true;
    this.#send(
      appending.then(
        (isThere) => {
          text.isWhole &&= isThere !== 0;
        },
        (error: unknown) => {
          text.isWhole = false;
          throw error;
        },
      ),
    );
  }

  #send(sending: Promise<unknown>): void {
    sending.catch((error: unknown) => {
      this.log.warn({ err: error }, 'what is being written could not be told');
    });
  }
}

function nameOf({ sessionId, run }: WritingPlace): string {
  return `${sessionId} ${run}`;
}
