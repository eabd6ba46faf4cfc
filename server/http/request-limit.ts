import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientAddress } from '../realtime/client-address';
import { addressName, ownerName } from '../realtime/fair-turns';
import { LOCAL_OWNER } from './auth/owner';

const MINUTE_MS = 60_000;
/** Owners and addresses that are counted at a time. */
const COUNTED_CLIENTS = 10_000;

/** Counts a request. @returns how many seconds its client has to wait; undefined where it may go on */
export type RequestLimit = (request: FastifyRequest) => Promise<number | undefined>;

/** Counts the requests of each owner or, where it is not known who asks, of each address. */
export async function limitRequests(
  app: FastifyInstance,
  maxRequestsPerMinute: number,
): Promise<RequestLimit> {
  await app.register(rateLimit, { global: false, store: RequestCounts });
  const count = app.createRateLimit({
    max: maxRequestsPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: limitedName,
  });
  return async (request) => {
    const counted = await count(request);
    return counted.isAllowed || !counted.isExceeded ? undefined : Math.max(1, counted.ttlInSeconds);
  };
}

/** What a request is limited by: its owner or, where it is not known who asks, its address. */
export function limitedName({ owner, ip }: FastifyRequest): string {
  return owner === LOCAL_OWNER ? addressName(clientAddress(ip)) : ownerName(owner);
}

interface RequestCount {
  current: number;
  /** When it began (ms of `performance.now()`). */
  readonly begun: number;
}

/**
 * Counts by a clock that nobody can set: the store of the plugin goes by that of the system, and would refuse
 * everybody for as long as that was set back.
 */
class RequestCounts implements FastifyRateLimitStore {
  /** The last that was counted comes last. */
  readonly #counts = new Map<string, RequestCount>();

  incr(...[client, answer, timeWindow]: Parameters<FastifyRateLimitStore['incr']>): void {
    const now = performance.now();
    const known = this.#counts.get(client);
    const count = known !== undefined && now < known.begun + timeWindow ? known : { current: 0, begun: now };
    count.current += 1;
    this.#counts.delete(client);
    this.#counts.set(client, count);
    this.#forgetOldest();
    answer(null, { current: count.current, ttl: count.begun + timeWindow - now });
  }

  child(): this {
    return this;
  }

  #forgetOldest(): void {
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > COUNTED_CLIENTS && oldest !== undefined) {
      this.#counts.delete(oldest);
    }
  }
}
