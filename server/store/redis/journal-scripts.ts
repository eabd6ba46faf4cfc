import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isReply } from '../../redis/redis-connection';
import { COMMIT, POSITION } from './scripts';

const SCRIPTS = { commit: COMMIT, position: POSITION };
const NAMES = ['commit', 'position'] as const;
type ScriptName = (typeof NAMES)[number];

/**
 * The scripts that write and read positions of journals. Redis forgets scripts when it ends, so whoever finds them gone knows
 * that this Redis was started since: then its history is checked before the scripts are there again, and nobody can append to
 * a history that nobody has checked.
 */
export class JournalScripts {
  readonly #hashes: Record<ScriptName, string>;
  #checking: Promise<void> | undefined;

  /** @param checkHistory is called whenever Redis was started, before anything is written */
  constructor(
    private readonly redis: Redis,
    private readonly checkHistory: () => Promise<void>,
  ) {
    this.#hashes = { commit: sha1(COMMIT), position: sha1(POSITION) };
  }

  async run(name: ScriptName, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    try {
      return await this.redis.evalsha(this.#hashes[name], keys.length, ...keys, ...args);
    } catch (error) {
      if (isReply(error) && error.message.startsWith('NOSCRIPT')) {
        await this.#check();
        return this.redis.evalsha(this.#hashes[name], keys.length, ...keys, ...args);
      }
      throw error;
    }
  }

  /** Whoever comes meanwhile waits for the same check. */
  #check(): Promise<void> {
    this.#checking ??= this.#checkAndLoad().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #checkAndLoad(): Promise<void> {
    await this.checkHistory();
    for (const name of NAMES) {
      await this.redis.script('LOAD', SCRIPTS[name]);
    }
  }
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
