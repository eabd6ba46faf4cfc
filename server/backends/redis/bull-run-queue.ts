import { setTimeout } from 'node:timers/promises';
import { type Job, Queue, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import type { Launch } from '../../ports/store';
import type { Log } from '../../ports/log';
import type { RunEnding, RunQueue } from '../../ports/run-queue';

/** Sessions that one process runs at the same time. Most of the time they wait for their author. */
const RUNS_PER_PROCESS = 200;

/** Time (ms) after which other processes take up the runs of a process that is gone. */
const LOCK_MS = 10_000;

/** Time (ms) between two searches for such runs. */
const STALLED_INTERVAL_MS = 5_000;

/** Time (ms) until an interrupted run is taken up again. */
const PAUSE_MS = 1000;

/** Time (ms) that runs have to end when the queue closes. The whole process has five seconds to end. */
const CLOSING_MS = 3000;

const LaunchData = v.object({ owner: v.string(), sessionId: v.string(), launch: v.number() });

/** What the queue is made of. */
export interface BullRunQueueParts {
  /** Makes a connection whose commands may wait without an end. */
  readonly connect: () => Redis;
  readonly prefix: string;
  readonly log: Log;
  /** Time (ms) after which other processes take up the runs of a process that is gone. @default 10,000 */
  readonly lockDuration?: number;
  /** Time (ms) that closing takes at most. @default 3000 */
  readonly closingTime?: number;
}

/**
 * Gives each session that is to be run to one process. The process holds a lock, and renews it; when the
 * process is gone, the lock ends, and another process takes up the run.
 */
export class BullRunQueue implements RunQueue {
  readonly #parts: BullRunQueueParts;
  readonly #queue: Queue<Launch>;
  readonly #connections: Redis[] = [];
  #worker: Worker<Launch> | undefined;
  #isClosing = false;

  constructor(parts: BullRunQueueParts) {
    this.#parts = parts;
    this.#queue = new Queue<Launch>('runs', { connection: this.#connect(), prefix: parts.prefix });
    this.#report(this.#queue);
  }

  serve(execute: (launch: Launch) => Promise<RunEnding>): void {
    const { prefix, lockDuration = LOCK_MS } = this.#parts;
    this.#worker = new Worker<Launch>('runs', (job, token) => this.#process(job, token, execute), {
      connection: this.#connect(),
      prefix,
      concurrency: RUNS_PER_PROCESS,
      lockDuration,
      stalledInterval: Math.min(STALLED_INTERVAL_MS, lockDuration),
      // However often processes end, the session is still to be run.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      drainDelay: 1,
    });
    this.#report(this.#worker);
  }

  async add(launch: Launch): Promise<void> {
    await this.#queue.add('run', launch, {
      // Adding what is there already does nothing.
      jobId: `${launch.sessionId}-${launch.launch}`,
      removeOnComplete: true,
      removeOnFail: true,
      attempts: Number.MAX_SAFE_INTEGER,
      // A run may be interrupted any number of times, and each would add its stack to the job.
      stackTraceLimit: 1,
      backoff: { type: 'fixed', delay: PAUSE_MS },
    });
  }

  /**
   * Hands the runs over to other processes. Without Redis it gives up in time: the locks end, and others take
   * up the runs.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = this.#handOver();
    // It may still fail after the time is over, when nothing waits for it any more.
    closed.catch(() => undefined);
    await Promise.race([
      closed,
      setTimeout(this.#parts.closingTime ?? CLOSING_MS, undefined, { ref: false }),
    ]);
    this.#connections.forEach((connection) => {
      connection.disconnect();
    });
  }

  async #handOver(): Promise<void> {
    await this.#worker?.close();
    await this.#queue.close();
  }

  async #process(
    job: Job<Launch>,
    token: string | undefined,
    execute: (launch: Launch) => Promise<RunEnding>,
  ): Promise<void> {
    const launch = v.safeParse(LaunchData, job.data);
    if (!launch.success) {
      // It names no run, and would fail again each time.
      this.#parts.log.error({ job: job.id }, 'a job of the queue of runs is damaged and is dropped');
      return;
    }
    const ending = await execute(launch.output);
    if (ending === 'over') {
      return;
    }
    if (this.#isClosing) {
      // Another process takes it up at once, and need not wait for the end of the lock.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    throw new Error('The run was interrupted; it is taken up again.');
  }

  #connect(): Redis {
    const connection = this.#parts.connect();
    this.#connections.push(connection);
    return connection;
  }

  #report(source: { on(event: 'error', listener: (error: Error) => void): unknown }): void {
    source.on('error', (error) => {
      this.#parts.log.warn({ err: error }, 'the queue of runs failed');
    });
  }
}
