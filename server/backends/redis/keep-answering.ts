import { setTimeout } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** How a connection is watched. */
export interface Watch {
  /** Time (ms) between an answer of Redis and the next question. @default 5000 */
  readonly pause?: number;
  /** Time (ms) within which Redis must answer. @default 5000 */
  readonly patience?: number;
}

/**
 * Pings Redis again and again, and connects anew when it does not answer. Without this, a connection that
 * only listens would wait for ever once a firewall has dropped it in silence.
 *
 * @returns ends it
 */
export function keepAnswering(connection: Redis, { pause = 5000, patience = 5000 }: Watch = {}): () => void {
  let isOver = false;
  const watch = async (): Promise<void> => {
    await sleep(pause);
    while (!isOver) {
      if (isConnected(connection) && !(await answers(connection, patience))) {
        connection.disconnect(true);
      }
      await sleep(pause);
    }
  };
  void watch();
  return () => {
    isOver = true;
  };
}

/** Otherwise there is no connection to ask, and another is being made already. */
function isConnected({ status }: Redis): boolean {
  return status === 'ready' || status === 'connect';
}

async function answers(connection: Redis, patience: number): Promise<boolean> {
  // Where the connection is lost, ioredis asks again on the next. Any answer is a sign of life, an error,
  // too.
  const isHeard = (): boolean => true;
  return Promise.race([connection.ping().then(isHeard, isHeard), sleep(patience).then(() => false)]);
}

/** Keeps no process from ending. */
function sleep(time: number): Promise<void> {
  return setTimeout(time, undefined, { ref: false });
}
