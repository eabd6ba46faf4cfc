import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isReply } from './redis-connection';
import { COMMIT, POSITION } from './scripts';

type ScriptName = 'commit' | 'position';

interface Script {
  readonly text: string;
  readonly hash: string;
}

/**
 * The scripts that write and read positions of journals. Redis forgets scripts when it ends, so whoever finds them gone knows
 * that this Redis was started since: then its history is checked before the scripts are there again, and nobody can append to
 * a history that nobody has checked.
 */
export class JournalScripts {
  readonly #scripts: Readonly<Record<ScriptName, Script>>;
  #checking: Promise<void> | undefined;

  /**
   * @param prefix of the names in Redis: servers that share a Redis have a history each, and so scripts of their own
   * @param checkHistory is called whenever Redis was started, before anything is written
   */
  constructor(
    private readonly redis: Redis,
    prefix: string,
    private readonly checkHistory: () => Promise<void>,
  ) {
    this.#scripts = { commit: scriptOf(prefix, COMMIT), position: scriptOf(prefix, POSITION) };
  }

  async run(name: ScriptName, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    try {
      return await this.redis.evalsha(this.#scripts[name].hash, keys.length, ...keys, ...args);
    } catch (error) {
      if (isReply(error) && error.message.startsWith('NOSCRIPT')) {
        await this.#check();
        return this.redis.evalsha(this.#scripts[name].hash, keys.length, ...keys, ...args);
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
    for (const { text } of Object.values(this.#scripts)) {
      await this.redis.script('LOAD', text);
    }
  }
}

function scriptOf(prefix: string, source: string): Script {
  const text = `-- ${encodeURIComponent(prefix)}\n${source}`;
  return { text, hash: createHash('sha1').update(text).digest('hex') };
}
