import { MOST_OF_MAX_BYTES } from '../../realtime/journal';
import { DROP_ANSWERS, DROP_ENTRIES } from './drop-scripts';

/**
 * Stores one change in one piece, and tells of it. Of a journal or of answers that are too large it drops the
 * oldest, but no event of its own.
 *
 * KEYS: 1 what became of this commit, 2 the hash of the session, 3 the journal, 4 the offset of its newest
 * event, 5 the answer to the command, 6 the owners, 7 the totals, 8 the list of answers. ARGV: owner, version
 * of the session that the change is from (empty for a new one), bell, channel of ended runs, ended run or
 * empty, time, most bytes of the journal, the answer or empty, end of its name, beginning of the names of
 * answers, their seconds, how many of them at most, their bytes at most, number of writes, for each its length
 * and its words, number of events, for each its session and its JSON.
 *
 * @returns the offset of the newest event; -1 when the session has another version; -2 when the command has
 *   its answer
 */
export const COMMIT = `${DROP_ENTRIES}${DROP_ANSWERS}
local done = redis.call('GET', KEYS[1])
if done then return tonumber(done) end
if KEYS[5] ~= '' and redis.call('EXISTS', KEYS[5]) == 1 then return -2 end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[2], 'version') ~= ARGV[2] then return -1 end
local at = 14
for _ = 1, tonumber(ARGV[at]) do
  local length = tonumber(ARGV[at + 1])
  redis.call(unpack(ARGV, at + 2, at + 1 + length))
  at = at + 1 + length
end
at = at + 1
local offset = tonumber(redis.call('GET', KEYS[4]) or '0')
local events = tonumber(ARGV[at])
local before = offset
local added = 0
for _ = 1, events do
  offset = offset + 1
  redis.call('XADD', KEYS[3], string.format('%.0f-0', offset), 's', ARGV[at + 1], 'e', ARGV[at + 2], 't', ARGV[6])
  added = added + #ARGV[at + 2]
  at = at + 2
end
if events > 0 then
  redis.call('SET', KEYS[4], string.format('%.0f', offset))
  local most = tonumber(ARGV[7])
  if redis.call('HINCRBY', KEYS[7], 'journal_bytes', added) > most * ${MOST_OF_MAX_BYTES} then
    drop_entries(KEYS[3], KEYS[7], 500, function(number, _, _, bytes) return number <= before and bytes > most end)
  end
  redis.call('PUBLISH', ARGV[3], '')
end
if ARGV[8] ~= '' then
  redis.call('SET', KEYS[5], ARGV[8], 'EX', ARGV[11])
  redis.call('RPUSH', KEYS[8], ARGV[6] .. ' ' .. #ARGV[8] .. ' ' .. ARGV[9])
  redis.call('HINCRBY', KEYS[7], 'answer_bytes', #ARGV[8])
  local most, most_bytes = tonumber(ARGV[12]), tonumber(ARGV[13])
  drop_answers(KEYS[8], KEYS[7], ARGV[10], 500, function(_, count, bytes) return count > most or bytes > most_bytes end)
end
redis.call('SADD', KEYS[6], ARGV[1])
if ARGV[5] ~= '' then redis.call('PUBLISH', ARGV[4], ARGV[5]) end
redis.call('SET', KEYS[1], string.format('%.0f', offset), 'EX', 60)
return offset
`;

/** One command to Redis. */
export type RedisCommand = readonly [string, ...(string | number)[]];

/** Commands as the scripts take them: for each, the number of its words and its words. */
export function spelled(commands: readonly RedisCommand[]): string[] {
  return commands.flatMap((command) => [String(command.length), ...command.map(String)]);
}

/**
 * Each script that reads gives the epoch and the offset of the newest event first: nothing happens between
 * these and the rest.
 *
 * KEYS: 1 the epoch, 2 the offset of the newest event.
 */
const POSITION = `
local answers = { redis.call('HGET', KEYS[1], 'epoch'), redis.call('GET', KEYS[2]) or '0' }
`;

/**
 * Answers commands.
 *
 * ARGV: for each its length and its words.
 */
export const READ = `${POSITION}
local at = 1
while at <= #ARGV do
  local length = tonumber(ARGV[at])
  answers[#answers + 1] = redis.call(unpack(ARGV, at + 1, at + length))
  at = at + 1 + length
end
return answers
`;

/** As `encodeURIComponent`: names of hashes have the ids of their sessions in this form. */
export const ENCODED = `
local function encoded(id)
  return (string.gsub(id, "[^%w%-_.!~*'()]", function(c) return string.format('%%%02X', string.byte(c)) end))
end
`;

/**
 * A page of the sessions, last one first.
 *
 * KEYS: 3 the set of them. ARGV: first and last place, beginning of the names of their hashes.
 *
 * @returns the size of the set; for each its id, record, version, and sequence
 */
export const SESSIONS_PAGE = `${POSITION}${ENCODED}
local page = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], ARGV[1], ARGV[2], 'REV')) do
  page[#page + 1] = { id, unpack(redis.call('HMGET', ARGV[3] .. encoded(id), 'record', 'version', 'sequence')) }
end
answers[3] = redis.call('ZCARD', KEYS[3])
answers[4] = page
return answers
`;

/**
 * A page of the tasks, last one first.
 *
 * KEYS: 3 the set of them, 4 the hash of their sessions. ARGV: first and last place, beginning of the names
 * of the hashes.
 *
 * @returns the size of the set; for each its member, session, and record
 */
export const TASKS_PAGE = `${POSITION}${ENCODED}
local page = {}
for _, member in ipairs(redis.call('ZRANGE', KEYS[3], ARGV[1], ARGV[2], 'REV')) do
  local id = string.match(member, ' (.*)$') or ''
  local session = redis.call('HGET', KEYS[4], id)
  page[#page + 1] = { member, session, session and redis.call('HGET', ARGV[3] .. encoded(session), id) }
end
answers[3] = redis.call('ZCARD', KEYS[3])
answers[4] = page
return answers
`;

/**
 * Begins an epoch, or notes that the one there is was found sound, unless another process has done so
 * meanwhile.
 *
 * KEYS: 1 the epoch. ARGV: the run_id that was known (empty for none), the run_id of now, the new epoch or
 * empty.
 */
export const NOTE_EPOCH = `
if (redis.call('HGET', KEYS[1], 'run_id') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'run_id', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'epoch', ARGV[3]) end
return 1
`;
