import type { Redis } from 'ioredis';
import type { RedisKeys } from './redis-keys';
import { FIELDS } from './redis-work';
import { ENCODED } from './scripts';

/**
 * Counts what one owner takes, unless that is counted already.
 *
 * KEYS: 1 the totals, 2 the sessions, 3 the journal. ARGV: beginnings of the names of the hashes of sessions
 * and of texts, then the fields of a session that are not counted.
 */
const COUNT = `${ENCODED}
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local uncounted = {}
for at = 3, #ARGV do uncounted[ARGV[at]] = true end
local work, journal = 0, 0
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  for at = 1, 2 do
    local hash = ARGV[at] .. encoded(id)
    for _, name in ipairs(redis.call('HKEYS', hash)) do
      if at == 2 or not uncounted[name] then work = work + redis.call('HSTRLEN', hash, name) end
    end
  end
end
local from = '-'
while true do
  local entries = redis.call('XRANGE', KEYS[3], from, '+', 'COUNT', 256)
  if #entries == 0 then break end
  for _, entry in ipairs(entries) do journal = journal + #(entry[2][4] or '') end
  from = '(' .. entries[#entries][1]
end
redis.call('HSET', KEYS[1], 'work_bytes', string.format('%.0f', work), 'journal_bytes', string.format('%.0f', journal))
return 1
`;

/** Field of the hash of the epoch: whether the totals of all owners were counted. */
const COUNTED = 'totals';

/**
 * Counts what each owner takes, once: versions before kept no totals. Later every change keeps them.
 */
export async function countTotals(redis: Redis, keys: RedisKeys): Promise<void> {
  if ((await redis.hget(keys.epoch, COUNTED)) !== null) {
    return;
  }
  for (const owner of await redis.smembers(keys.owners)) {
    const owned = keys.of(owner);
    const named = [owned.totals, owned.sessions(), owned.journal];
    const uncounted = FIELDS.filter((field) => field !== 'record');
    await redis.eval(COUNT, named.length, ...named, owned.session(''), owned.texts(''), ...uncounted);
  }
  await redis.hset(keys.epoch, COUNTED, '1');
}
