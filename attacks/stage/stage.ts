import { SEED } from '../../faults/settings';
import { until } from '../../faults/storms/until';
import { Attack } from './attack';
import { AttackedServer, type AttackedServerOptions, HEALTHY_WITHIN_MS } from './attacked-server';
import { addFigures } from './figures';
import { SECRET } from './token';
import type { WitnessReport } from './witness-calls';

/** Time (ms) after which nothing of clients that are gone is left. */
const CLEAN_WITHIN_MS = 10_000;
/** Errors that an attack may cause in the log: what floods it hides what matters. */
const MOST_ERRORS = 3;

/** A server that is attacked in one way after the other; the next gets a fresh one where it did not hold. */
export class Stage {
  #server: Promise<AttackedServer> | undefined;

  constructor(private readonly options: AttackedServerOptions) {
    stages.push(this);
  }

  /** The server, which is started when it is first needed. */
  get server(): Promise<AttackedServer> {
    this.#server ??= AttackedServer.start(this.options);
    return this.#server;
  }

  /**
   * Attacks the server, and looks at what that has done to it and to others. Expects that every attempt was
   * answered as it should be and left nothing behind.
   *
   * @param name of the attack, for the report
   */
  async holds(name: string, run: (attack: Attack, server: AttackedServer) => Promise<void>): Promise<void> {
    const server = await this.server;
    await server.witnessed();
    server.takeErrors();
    const { descriptors, memory } = server;
    const attack = new Attack(server);
    await run(attack, server);
    await attack.leave();

    const health = await server.health();
    const isClean = (): boolean => server.descriptors <= descriptors;
    await until(isClean, CLEAN_WITHIN_MS).catch(() => undefined);
    const witnessed = await server.witnessed();
    const errors = server.takeErrors();
    const left = server.descriptors;
    addFigures({
      attack: name,
      tried: attack.tried,
      held: attack.held,
      health,
      worstMs: witnessed.worstMs,
      memory: [memory, server.memory],
      descriptors: [descriptors, left],
      errors: errors.length,
    });
    const failures = [
      ...attack.complaints,
      ...(server.isRunning ? [] : ['The process has ended. Under way were:', ...attack.lastWords]),
      ...(health === '200' ? [] : [`/health answered ${health} (within ${HEALTHY_WITHIN_MS} ms).`]),
      ...(left <= descriptors ? [] : [`${left - descriptors} more descriptors than before are open.`]),
      ...wrongsOf(witnessed),
      ...(errors.length <= MOST_ERRORS
        ? []
        : [`${errors.length} errors in the log, such as ${errors[0] ?? ''}`]),
    ];
    if (failures.length > 0) {
      await this.dispose();
    }
    expect(failures).withContext(`${name}, seed ${SEED}`).toEqual([]);
  }

  async dispose(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await (await server)?.dispose();
  }
}

const stages: Stage[] = [];

/** Whoever can reach it may use it. */
export const OPEN = new Stage({});
/** Its clients have to sign in. */
export const SIGNED_IN = new Stage({ variables: { AUTH_SECRET: SECRET } });

afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.dispose()));
}, 30_000);

function wrongsOf({ changes, lost, disorder, refusals }: WitnessReport): string[] {
  return [
    ...(changes > 0 ? [] : ['The well-behaved client could change nothing meanwhile.']),
    ...(lost === 0 ? [] : [`The well-behaved client has lost ${lost} events.`]),
    ...(disorder === 0
      ? []
      : ['The well-behaved client received events twice, out of order, or with a gap.']),
    ...(refusals['500'] === undefined
      ? []
      : [`The well-behaved client was answered with 500 ${refusals['500']} times.`]),
  ];
}
