/**
 * Stores one change in one piece, and tells of it.
 *
 * KEYS: 1 what became of this commit, 2 the hash of the session, 3 the journal, 4 the offset of its newest event, 5 the answer
 * to the command, 6 the owners.
 * ARGV: owner, version of the session that the change is from (empty for a new one), bell, channel of ended runs, ended run
 * or empty, time, number of writes, for each its length and its words, number of events, for each its session and its JSON.
 *
 * @returns the offset of the newest event; -1 when the session has another version; -2 when the command has its answer
 */
export const COMMIT = `
local done = redis.call('GET', KEYS[1])
if done then return tonumber(done) end
if KEYS[5] ~= '' and redis.call('EXISTS', KEYS[5]) == 1 then return -2 end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[2], 'version') ~= ARGV[2] then return -1 end
local at = 7
for _ = 1, tonumber(ARGV[at]) do
  local length = tonumber(ARGV[at + 1])
  redis.call(unpack(ARGV, at + 2, at + 1 + length))
  at = at + 1 + length
end
at = at + 1
local offset = tonumber(redis.call('GET', KEYS[4]) or '0')
local events = tonumber(ARGV[at])
for _ = 1, events do
  offset = offset + 1
  redis.call('XADD', KEYS[3], string.format('%.0f-0', offset), 's', ARGV[at + 1], 'e', ARGV[at + 2], 't', ARGV[6])
  at = at + 2
end
if events > 0 then
  redis.call('SET', KEYS[4], string.format('%.0f', offset))
  redis.call('SADD', KEYS[6], ARGV[1])
  redis.call('PUBLISH', ARGV[3], '')
end
if ARGV[5] ~= '' then redis.call('PUBLISH', ARGV[4], ARGV[5]) end
redis.call('SET', KEYS[1], string.format('%.0f', offset), 'EX', 60)
return offset
`;

/**
 * Where a journal is.
 *
 * KEYS: 1 the epoch, 2 the offset of the newest event, 3 the journal.
 *
 * @returns the epoch, the offset of the newest event, and that of the oldest that is kept
 */
export const POSITION = `
local offset = redis.call('GET', KEYS[2]) or '0'
local oldest = redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', 1)
local first = oldest[1] and string.match(oldest[1][1], '^%d+') or string.format('%.0f', tonumber(offset) + 1)
return { redis.call('HGET', KEYS[1], 'epoch'), offset, first }
`;

/**
 * Begins an epoch, or notes that the one there is was found sound, unless another process has done so meanwhile.
 *
 * KEYS: 1 the epoch. ARGV: the run_id that was known (empty for none), the run_id of now, the new epoch or empty.
 */
export const NOTE_EPOCH = `
if (redis.call('HGET', KEYS[1], 'run_id') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'run_id', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'epoch', ARGV[3]) end
return 1
`;
