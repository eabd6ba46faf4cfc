import type { SeededRandom } from '../seeded-random';

/** What the network does to the open connections. */
export const NETWORK_FAULTS = [
  /** Ends them with RST. */
  'reset',
  /** Ends them with FIN, without a WebSocket close frame. */
  'close',
  /** Loses all bytes in both directions, without a word; new connections are served. */
  'silence',
  /** Loses all bytes towards the client: it is heard, and hears nothing. */
  'deaf',
  /** Loses all bytes towards the server. */
  'mute',
  /** Ends them, and refuses new ones for a while. */
  'outage',
  /** Delivers the next bytes towards the client, then ends in the middle of them. */
  'cut answer',
  /** Delivers the next bytes towards the server, then ends in the middle of them. */
  'cut request',
  /** Holds all bytes back, then delivers them at once. */
  'delay',
  /** Delivers a few bytes at a time. */
  'drip',
] as const;

export type FaultKind = (typeof NETWORK_FAULTS)[number] | 'kill';

/** One thing that goes wrong, and when. */
export interface Fault {
  /** `kill`: the server process is killed and started again. */
  readonly kind: FaultKind;
  /** Milliseconds of calm before it. */
  readonly after: number;
  /** Milliseconds it lasts, where it lasts. */
  readonly lasts: number;
  /** Bytes that a connection still delivers before it is cut, or that drip at a time. */
  readonly bytes: number;
}

/** A schedule of faults that the seed determines. */
export function makeFaults(
  random: SeededRandom,
  count: number,
  kinds: readonly FaultKind[],
): readonly Fault[] {
  return Array.from({ length: count }, () => ({
    kind: random.pick(kinds),
    after: random.integer(20, 500),
    lasts: random.integer(50, 1_600),
    bytes: random.integer(1, 400),
  }));
}
