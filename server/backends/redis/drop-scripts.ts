/**
 * Drops the oldest entries of a journal, at most `most`, as long as `excludes` says so of the next. It is
 * given the offset and the time of the entry, and how many entries and bytes there are. Entries may be large:
 * few are read at once.
 */
export const DROP_ENTRIES = `
local function drop_entries(journal, totals, most, excludes)
  local length = redis.call('XLEN', journal)
  local bytes = tonumber(redis.call('HGET', totals, 'journal_bytes') or '0')
  local dropped, step = 0, 1
  while dropped < most do
    local freed, last = 0, nil
    local entries = redis.call('XRANGE', journal, '-', '+', 'COUNT', math.min(step, most - dropped))
    local is_over = #entries == 0
    for _, entry in ipairs(entries) do
      local number = tonumber(string.match(entry[1], '^%d+'))
      local size = #(entry[2][4] or '')
      is_over = not excludes(number, entry[2][6] or '', length, bytes)
      if is_over then break end
      freed, last = freed + size, number
      length, bytes, dropped = length - 1, bytes - size, dropped + 1
    end
    if last then
      redis.call('XTRIM', journal, 'MINID', string.format('%.0f-0', last + 1))
      redis.call('HINCRBY', totals, 'journal_bytes', string.format('%.0f', 0 - freed))
    end
    if is_over then break end
    step = 16
  end
  return dropped
end
`;

/**
 * Drops the oldest answers to commands, at most `most`, as long as `excludes` says so of the next. It is given
 * the time of the answer, and how many answers and bytes there are.
 */
export const DROP_ANSWERS = `
local function drop_answers(list, totals, names, most, excludes)
  local count = redis.call('LLEN', list)
  local bytes = tonumber(redis.call('HGET', totals, 'answer_bytes') or '0')
  local dropped = 0
  while dropped < most and count > 0 do
    local time, size, name = string.match(redis.call('LINDEX', list, 0), '^(%S+) (%d+) (.*)$')
    if time and not excludes(time, count, bytes) then break end
    redis.call('LPOP', list)
    if name then redis.call('DEL', names .. name) end
    redis.call('HINCRBY', totals, 'answer_bytes', string.format('%.0f', 0 - (tonumber(size) or 0)))
    count, bytes, dropped = count - 1, bytes - (tonumber(size) or 0), dropped + 1
  end
  return dropped
end
`;

/**
 * Drops what a journal need not keep, oldest first.
 *
 * KEYS: 1 the journal, 2 the totals. ARGV: how many entries it may have, how many bytes, the time before which
 * they are too old, the offset up to which they are to go, how many to drop at most.
 *
 * @returns how many were dropped
 */
export const TRIM_JOURNAL = `${DROP_ENTRIES}
local most_events, most_bytes, up_to = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4])
return drop_entries(KEYS[1], KEYS[2], tonumber(ARGV[5]), function(number, time, length, bytes)
  return number <= up_to or time < ARGV[3] or length > most_events or bytes > most_bytes
end)
`;

/**
 * Drops answers to commands that are too old.
 *
 * KEYS: 1 the list of answers, 2 the totals. ARGV: the time before which they are too old, beginning of their
 * names, how many to drop at most.
 *
 * @returns how many were dropped
 */
export const TRIM_ANSWERS = `${DROP_ANSWERS}
return drop_answers(KEYS[1], KEYS[2], ARGV[2], tonumber(ARGV[3]), function(time) return time < ARGV[1] end)
`;
