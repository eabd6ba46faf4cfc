import { complaintsOf } from './preconditions';

/** What INFO answers of a Redis that is as it must be, but for what is given. */
function infoWith(changes: Readonly<Record<string, string>> = {}): string {
  const fields = {
    redis_version: '7.0.15',
    cluster_enabled: '0',
    role: 'master',
    maxmemory_policy: 'noeviction',
    maxmemory: '0',
    used_memory: '1000000',
    evicted_keys: '0',
    aof_enabled: '1',
    rdb_last_bgsave_status: 'ok',
    aof_last_write_status: 'ok',
    aof_last_bgrewrite_status: 'ok',
    ...changes,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}:${value}\r\n`)
    .join('');
}

describe('A Redis', () => {
  it('that is as it must be is complained about in no way', () => {
    expect(complaintsOf(infoWith())).toEqual({ refusals: [], warnings: [] });
  });

  for (const [what, changes, words] of [
    ['of an old version', { redis_version: '6.2.14' }, 'use 7 or later'],
    ['of a cluster', { cluster_enabled: '1' }, 'use a single server'],
    ['that is a replica', { role: 'slave' }, 'name the master'],
    ['that may drop keys', { maxmemory_policy: 'allkeys-lru' }, 'set maxmemory-policy to noeviction'],
  ] as const) {
    it(`${what} is refused, with what to do`, () => {
      const { refusals } = complaintsOf(infoWith(changes));

      expect(refusals).toEqual([jasmine.stringContaining(words)]);
    });
  }

  for (const [what, changes, words] of [
    ['that has dropped keys', { evicted_keys: '7' }, 'restore a copy'],
    ['without an append-only file', { aof_enabled: '0' }, 'set appendonly to yes'],
    ['that could not save', { rdb_last_bgsave_status: 'err' }, 'make room'],
    ['that could not append', { aof_last_write_status: 'err' }, 'make room'],
    ['that is nearly full', { maxmemory: '1000001' }, 'raise maxmemory'],
    ['that does not tell its policy', { maxmemory_policy: '' }, 'make sure'],
  ] as const) {
    it(`${what} is warned of, with what to do`, () => {
      const { refusals, warnings } = complaintsOf(infoWith(changes));

      expect(refusals).toEqual([]);
      expect(warnings).toEqual([jasmine.stringContaining(words)]);
    });
  }
});
