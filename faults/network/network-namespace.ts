import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packets are lost and overtaken one by one, as on a real line, not in the large parts of a fast card. */
const ONE_BY_ONE = ['gso_max_segs', '1'] as const;
const NETWORK = '10.231.77';

/** What a line does to packets, in each direction, as shares from 0 to 1. */
export interface Impairment {
  /** @default 0 */
  readonly lost?: number;
  /** Packets that others overtake. @default 0 */
  readonly overtaken?: number;
}

/** Classes of the queue at each end: most packets pass, some are lost, some go through a narrow pass. */
const CLASSES = [
  { id: 1, rate: '10gbit', queue: 1000 },
  { id: 2, rate: '10gbit', queue: 0 },
  { id: 3, rate: '400kbit', queue: 1000 },
] as const;

/**
 * A network of its own for a process, on this machine: a cable leads to the rest, and does to packets what it
 * is told. It is gone with this process, also when that is interrupted.
 */
export class NetworkNamespace {
  /** Address of this machine at this end of the cable. */
  readonly address = `${NETWORK}.1`;
  readonly #name = `faults-${process.pid}`;
  readonly #ends = [`near-${process.pid}`, `far-${process.pid}`] as const;
  readonly #folder = mkdtempSync(join(tmpdir(), 'creative-autogpt-faults-'));
  readonly #remove = (): void => this.close();

  constructor() {
    const [near, far] = this.#ends;
    // Before jasmine's own listener, after which no other is called.
    process.prependOnceListener('exit', this.#remove);
    for (const signal of ['SIGINT', 'SIGTERM']) {
      // A signal that nobody listens to ends a process without its `exit`.
      process.once(signal, () => process.exit(1));
    }
    run('ip', ['netns', 'add', this.#name]);
    run('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', this.#name]);
    run('ip', ['address', 'add', `${this.address}/24`, 'dev', near]);
    run('ip', ['link', 'set', near, 'up', ...ONE_BY_ONE]);
    this.#within('ip', ['address', 'add', `${NETWORK}.2/24`, 'dev', far]);
    this.#within('ip', ['link', 'set', far, 'up', ...ONE_BY_ONE]);
    this.#within('ip', ['link', 'set', 'lo', 'up']);
  }

  /**
   * Does this to packets from now on. It needs nothing of the kernel but what every distribution has: tc-netem(8)
   * would do the same, and is often missing.
   */
  impair({ lost = 0, overtaken = 0 }: Impairment): void {
    for (const [end, tc] of this.#queues) {
      const on = ['dev', end] as const;
      tc(['qdisc', 'replace', ...on, 'root', 'pfifo']);
      tc(['qdisc', 'replace', ...on, 'root', 'handle', '1:', 'htb', 'default', '1']);
      for (const { id, rate, queue } of CLASSES) {
        const bounds = ['quantum', '1514', 'burst', '1600', 'cburst', '1600'];
        tc(['class', 'add', ...on, 'parent', '1:', 'classid', `1:${id}`, 'htb', 'rate', rate, ...bounds]);
        tc(['qdisc', 'add', ...on, 'parent', `1:${id}`, 'pfifo', 'limit', String(queue)]);
      }
      const program = chooseAtRandom(lost, overtaken);
      tc([
        'filter',
        'add',
        ...on,
        'parent',
        '1:',
        'protocol',
        'all',
        'prio',
        '1',
        'bpf',
        'bytecode',
        program,
      ]);
    }
  }

  /** Packets that were lost and that may have been overtaken, in both directions, since it was last impaired. */
  get suffered(): Required<Impairment> {
    const told = this.#queues.map(([end, tc]) => tc(['-s', 'qdisc', 'show', 'dev', end])).join('\n');
    return {
      lost: sumOf(told, /parent 1:2 [^]*?dropped (\d+)/g),
      overtaken: sumOf(told, /parent 1:3 [^]*?bytes (\d+) pkt/g),
    };
  }

  /** @returns path of an executable that starts the given one inside */
  inside(executable: string): string {
    const path = join(this.#folder, 'inside');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.#name} '${executable}' "$@"\n`, {
      mode: 0o755,
    });
    return path;
  }

  /** Removes it, with the cable. */
  close(): void {
    process.off('exit', this.#remove);
    spawnSync('ip', ['netns', 'delete', this.#name]);
    spawnSync('ip', ['link', 'delete', this.#ends[0]]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The ends of the cable, each with what sets its queue. */
  get #queues(): readonly (readonly [end: string, tc: (args: readonly string[]) => string])[] {
    const [near, far] = this.#ends;
    return [
      [near, (args) => run('tc', args)],
      [far, (args) => this.#within('tc', args)],
    ];
  }

  #within(command: string, args: readonly string[]): string {
    return run('ip', ['netns', 'exec', this.#name, command, ...args]);
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * A program of classic BPF for tc-bpf(8) that looks at nothing but chance: `code,jumps,k` of each instruction,
 * after their number.
 */
function chooseAtRandom(lost: number, overtaken: number): string {
  const LOAD_RANDOM = '32 0 0 4294963256';
  const unlessBelow = (share: number): string => `53 1 0 ${Math.floor(share * (2 ** 32 - 1))}`;
  const toClass = (id: number): string => `6 0 0 ${id === 1 ? 0 : 0x10000 + id}`;
  const instructions = [
    LOAD_RANDOM,
    ...[unlessBelow(lost), toClass(2)],
    ...[unlessBelow(lost + overtaken), toClass(3)],
    toClass(1),
  ];
  return [instructions.length, ...instructions].join();
}

function sumOf(text: string, counts: RegExp): number {
  return Array.from(text.matchAll(counts)).reduce((sum, [, count]) => sum + Number(count), 0);
}
