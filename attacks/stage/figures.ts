import { table } from '../../bench/table';
import { SEED } from '../../faults/settings';

/** What one attack came to. */
export interface Figures {
  readonly attack: string;
  /** Attempts, and those of them that were answered as they should be. */
  readonly tried: number;
  readonly held: number;
  /** What `/health` answered as soon as the attackers were gone. */
  readonly health: string;
  /** Longest time (ms) that a well-behaved client waited meanwhile for a change and its event. */
  readonly worstMs: number;
  /** Memory (RSS, MB) of the server before and after. */
  readonly memory: readonly [number, number];
  /** Its open files and connections before and after. */
  readonly descriptors: readonly [number, number];
  /** Errors that it logged. */
  readonly errors: number;
}

const all: Figures[] = [];

/** Adds a row to the report at the end. */
export function addFigures(figures: Figures): void {
  all.push(figures);
}

afterAll(() => {
  const head = [
    'attack',
    'tried',
    'held',
    '/health',
    'worst of others, ms',
    'memory, MB',
    'descriptors',
    'errors',
  ];
  const rows = all.map(({ attack, tried, held, health, worstMs, memory, descriptors, errors }) => [
    attack,
    String(tried),
    String(held),
    health,
    String(worstMs),
    memory.join(' → '),
    descriptors.join(' → '),
    String(errors),
  ]);
  process.stdout.write(`\nSeed ${SEED}\n${table(head, rows)}\n`);
});
