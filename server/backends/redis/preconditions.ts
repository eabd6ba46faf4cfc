import { fieldOf } from './redis-history';

/** Oldest version of Redis whose scripts and streams work as they are used here. */
const OLDEST_VERSION = 7;

/** Share of `maxmemory` from which memory counts as nearly used up. */
const NEARLY_FULL = 0.9;

/** What is wrong with a Redis, in sentences that say what to do. */
export interface Complaints {
  /** A server does not start on such a Redis. */
  readonly refusals: readonly string[];
  /** The server goes on, and says so. */
  readonly warnings: readonly string[];
}

/**
 * What of a Redis is not as the server needs it.
 *
 * @param info what INFO answers
 */
export function complaintsOf(info: string): Complaints {
  const field = (name: string): string => fieldOf(info, name);
  const number = (name: string): number => Number(field(name));
  const version = field('redis_version');
  const policy = field('maxmemory_policy');
  return {
    refusals: sentences(
      [
        version !== '' && Number.parseInt(version, 10) < OLDEST_VERSION,
        `Redis is version ${version}: use ${OLDEST_VERSION} or later.`,
      ],
      [
        field('cluster_enabled') === '1',
        'Redis is a Redis Cluster: use a single server (cluster-enabled no).',
      ],
      [
        field('role') === 'slave',
        'Redis is a replica, which takes no changes: let REDIS_URL name the master.',
      ],
      [
        policy !== '' && policy !== 'noeviction',
        `Redis may drop what is stored (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`,
      ],
    ),
    warnings: sentences(
      [
        number('evicted_keys') > 0,
        'Redis has dropped keys for lack of memory, and what was stored in them is lost: set maxmemory-policy to noeviction, restore a copy where it matters, and start Redis anew.',
      ],
      [
        field('aof_enabled') === '0',
        'Redis writes no append-only file, and what it has not saved is lost when it ends: set appendonly to yes.',
      ],
      [
        ['rdb_last_bgsave_status', 'aof_last_write_status', 'aof_last_bgrewrite_status'].some(
          (name) => field(name) === 'err',
        ),
        'Redis could not write to its disk: make room there, or see its log.',
      ],
      [
        number('maxmemory') > 0 && number('used_memory') > number('maxmemory') * NEARLY_FULL,
        'Redis has used nearly all memory that it may: raise maxmemory.',
      ],
      [
        policy === '' || field('evicted_keys') === '',
        'Redis does not say how it evicts keys: make sure that maxmemory-policy is noeviction.',
      ],
    ),
  };
}

function sentences(...checked: readonly (readonly [boolean, string])[]): readonly string[] {
  return checked.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []));
}
