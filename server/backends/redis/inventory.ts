import { SESSION_STATUSES, TASK_STATUSES } from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking } from './redis-connection';
import type { RedisKeys } from './redis-keys';
import { ENCODED } from './scripts';

/** Sessions that one step looks at. */
const STEP = 200;

/**
 * Looks whether what is listed of one owner is there. A session that is gone is taken out of the lists; a
 * written task whose text is gone is made a damaged one, to be written anew; a running session that is not
 * among what is to be run is put there.
 *
 * KEYS: 1 the sessions, 2 the tasks, 3 the sessions of the tasks, 4 the characters of all texts, 5 what is to
 * be run, then the sessions by status and the tasks by status. ARGV: first and last place, beginning of the
 * names of sessions, of texts, owner as in what is to be run, number of the sets of sessions, beginning of the
 * names of what is set aside.
 *
 * @returns the sessions that were gone, the tasks whose texts were, whether a list has not what others have,
 *   and whether there are more sessions
 */
const TAKE_STOCK = `${ENCODED}
local function is(type, key)
  local found = redis.call('TYPE', key).ok
  return found == type or found == 'none'
end
for at, key in ipairs(KEYS) do
  if not is((at == 3 or at == 5) and 'hash' or (at == 4 and 'string' or 'zset'), key) then return { 0, 0, 1, 0 } end
end
local ofSessions = 5 + tonumber(ARGV[6])
local function sizes(first, last)
  local sum = 0
  for at = first, last do sum = sum + redis.call('ZCARD', KEYS[at]) end
  return sum
end
local function characters(text)
  return select(2, string.gsub(text, '[^\\128-\\191]', ''))
end
local function forget(id)
  for at = 6, ofSessions do redis.call('ZREM', KEYS[at], id) end
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[5], ARGV[5] .. ' ' .. id)
  local texts = ARGV[4] .. encoded(id)
  if is('hash', texts) then
    for _, text in ipairs(redis.call('HVALS', texts)) do redis.call('DECRBY', KEYS[4], characters(text)) end
    redis.call('DEL', texts)
  end
  redis.call('DEL', ARGV[7] .. encoded(id))
  for _, member in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
    local task = string.match(member, ' (.*)$') or ''
    if redis.call('HGET', KEYS[3], task) == id then
      redis.call('ZREM', KEYS[2], member)
      for at = ofSessions + 1, #KEYS do redis.call('ZREM', KEYS[at], member) end
      redis.call('HDEL', KEYS[3], task)
    end
  end
end
local function damage(session, texts)
  local damaged = 0
  local fields = redis.call('HGETALL', session)
  for at = 1, #fields, 2 do
    local isRecord, task = pcall(cjson.decode, fields[at + 1])
    if isRecord and type(task) == 'table' and task.task_id == fields[at] and task.status == 'completed' then
      if redis.call('HEXISTS', texts, fields[at]) == 0 then
        redis.call('HSET', session, fields[at], (string.gsub(fields[at + 1], '"status":"completed"', '"status":"lost"', 1)))
        damaged = damaged + 1
      end
    end
  end
  return damaged
end
local function waits(session)
  for _, task in ipairs(redis.call('HVALS', session)) do
    if string.find(task, '"status":"pending_approval"', 1, true) then return true end
  end
  return false
end
local gone, textless = 0, 0
local ids = redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2])
for _, id in ipairs(ids) do
  local session, texts = ARGV[3] .. encoded(id), ARGV[4] .. encoded(id)
  if redis.call('TYPE', session).ok ~= 'hash' then
    forget(id)
    gone = gone + 1
  elseif not is('hash', texts) then
    return { gone, textless, 1, 0 }
  else
    local isRecord, record = pcall(cjson.decode, redis.call('HGET', session, 'record') or '')
    if not isRecord or type(record) ~= 'table' then record = {} end
    local written = tonumber(record.completed_tasks) or 0
    if redis.call('HLEN', texts) < written then textless = textless + damage(session, texts) end
    local launch = ARGV[5] .. ' ' .. id
    if record.status == 'running' and tonumber(record.launch) and redis.call('HEXISTS', KEYS[5], launch) == 0 then
      if not waits(session) then redis.call('HSET', KEYS[5], launch, string.format('%.0f', record.launch)) end
    end
  end
end
local isWrong = redis.call('ZCARD', KEYS[1]) ~= sizes(6, ofSessions)
  or redis.call('ZCARD', KEYS[2]) ~= sizes(ofSessions + 1, #KEYS)
  or redis.call('ZCARD', KEYS[2]) ~= redis.call('HLEN', KEYS[3])
return { gone, textless, isWrong and 1 or 0, #ids > tonumber(ARGV[2]) - tonumber(ARGV[1]) and 1 or 0 }
`;

const StockTaken = v.tuple([v.number(), v.number(), v.number(), v.number()]);

/** What one step has found. */
export interface Stock {
  /** Sessions that were listed, and whose records are gone. */
  readonly goneSessions: number;
  /** Tasks whose texts are gone. */
  readonly goneTexts: number;
}

/** Looks at all that is listed, step by step, again and again: Redis says nothing when it drops a key. */
export class Inventory {
  /** Owners that are yet to be looked at in this round. */
  #owners: string[] = [];
  #place = 0;
  /** Owners whose lists do not fit each other. */
  readonly #unsound = new Set<string>();

  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
  ) {}

  /** Whether lists of somebody do not fit each other. */
  get isUnsound(): boolean {
    return this.#unsound.size > 0;
  }

  /** Looks at the next sessions. What is gone is no longer listed then. */
  async step(): Promise<Stock> {
    if (this.#owners.length === 0) {
      this.#owners = await asking(() => this.redis.smembers(this.keys.owners));
    }
    const owner = this.#owners.at(-1);
    if (owner === undefined) {
      return { goneSessions: 0, goneTexts: 0 };
    }
    const [goneSessions, goneTexts, isUnsound, isMore] = await this.#takeStock(owner);
    if (isUnsound === 1) {
      this.#unsound.add(owner);
    } else {
      this.#unsound.delete(owner);
    }
    this.#place = isMore === 1 ? this.#place + STEP - goneSessions : 0;
    if (isMore === 0) {
      this.#owners.pop();
    }
    return { goneSessions, goneTexts };
  }

  async #takeStock(owner: string): Promise<v.InferOutput<typeof StockTaken>> {
    const owned = this.keys.of(owner);
    const sessions = SESSION_STATUSES.map((status) => owned.sessions(status));
    const tasks = TASK_STATUSES.map((status) => owned.tasks(status));
    const names = [owned.sessions(), owned.tasks(), owned.sessionOfTask, owned.characters, this.keys.toBeRun];
    const all = [...names, ...sessions, ...tasks];
    const place = [this.#place, this.#place + STEP - 1];
    const beginnings = [owned.session(''), owned.texts('')];
    const answer = await asking(() =>
      this.redis.eval(
        TAKE_STOCK,
        all.length,
        ...all,
        ...place,
        ...beginnings,
        encodeURIComponent(owner),
        sessions.length,
        owned.setAside(''),
      ),
    );
    return v.parse(StockTaken, answer);
  }
}
