import { ServiceError, unknownSession } from '../domain/service-error';
import { toSession } from '../domain/session-record';
import { toTask } from '../domain/task-record';
import type { WorkState } from '../domain/work-draft';
import type { FormedWork, Positioned, WorkForm } from '../ports/store';
import { RecentlyUsed } from './recently-used';
import type { RecordReads } from './storage';
import { Turns } from './turns';

/** Bytes of all works that are kept in the forms they were asked for. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Time (ms) that a step takes, about. */
const STEP_MS = 2;

/** Time (ms) that a work waits until those before it are made. */
const PATIENCE_MS = 10_000;

/** A work in one form, and the records that it was made of. */
interface KeptWork extends Pick<WorkState, 'session' | 'tasks'> {
  readonly content: Buffer;
}

/** Works of all owners, by the ids of their sessions and the names of their forms. */
export class KeptWorks extends RecentlyUsed<KeptWork> {
  constructor() {
    super(KEPT_BYTES);
  }
}

/**
 * Whole works of one owner, as they go out. They are made one after the other, each in steps, so that neither
 * the time nor the memory of the server is used up by many that are asked for. As long as a work stays as it
 * is, it is made once.
 */
export class FormedWorks {
  readonly #making = new Turns(
    PATIENCE_MS,
    () => new ServiceError('unavailable', 'Too many works are asked for at the same time. Try again.'),
  );

  constructor(
    private readonly records: RecordReads,
    private readonly kept: KeptWorks,
  ) {}

  /** @param turn settles when the next step may be made */
  async find(sessionId: string, form: WorkForm, turn: () => Promise<void>): Promise<Positioned<FormedWork>> {
    const known = await this.#findKept(sessionId, form);
    return (
      known ??
      this.#making.take('', async () => {
        await turn();
        // Others may have asked for the same work before.
        return (await this.#findKept(sessionId, form)) ?? (await this.#make(sessionId, form, turn));
      })
    );
  }

  /** Undefined where the work is not kept as it is now. */
  async #findKept(sessionId: string, form: WorkForm): Promise<Positioned<FormedWork> | undefined> {
    const { value, position } = await this.records.work(sessionId, 'tasks');
    const { session, tasks } = mustBeThere(sessionId, value);
    const kept = this.kept.get(nameOf(sessionId, form));
    // A record that has not changed is the same object.
    const isCurrent =
      kept?.session === session &&
      kept.tasks.length === tasks.length &&
      kept.tasks.every((task, index) => task === tasks[index]);
    return isCurrent
      ? { value: { session: toSession(session), content: kept.content }, position }
      : undefined;
  }

  async #make(sessionId: string, form: WorkForm, turn: () => Promise<void>): Promise<Positioned<FormedWork>> {
    const { value, position } = await this.records.work(sessionId, 'texts');
    const work = mustBeThere(sessionId, value);
    const session = toSession(work.session);
    const tasks = work.tasks.map((task) => toTask(task, work.texts.get(task.task_id) ?? null));
    const content = await joinedInSteps(form.pieces(session, tasks), turn);
    const kept = { session: work.session, tasks: work.tasks, content };
    this.kept.set(nameOf(sessionId, form), kept, content.length);
    return { value: { session, content }, position };
  }
}

async function joinedInSteps(pieces: Iterable<string>, turn: () => Promise<void>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let begun = performance.now();
  for (const piece of pieces) {
    parts.push(Buffer.from(piece));
    if (performance.now() - begun > STEP_MS) {
      await turn();
      begun = performance.now();
    }
  }
  return Buffer.concat(parts);
}

function mustBeThere(sessionId: string, work: WorkState | undefined): WorkState {
  if (work === undefined) {
    throw unknownSession(sessionId);
  }
  return work;
}

function nameOf(sessionId: string, { name }: WorkForm): string {
  return `${name} ${sessionId}`;
}
