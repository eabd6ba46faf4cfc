import { unknownSession } from '../domain/service-error';
import { toSession } from '../domain/session-record';
import { toTask } from '../domain/task-record';
import type { WorkState } from '../domain/work-draft';
import type { FormedWork, Positioned, WorkForm } from '../ports/store';
import type { KeptWorks } from './kept-works';
import type { RecordReads } from './storage';

/** Time (ms) that a step takes, about. */
const STEP_MS = 2;

/**
 * Whole works of one owner, as they go out. They are made in steps, and once as long as they stay as they
 * are: the position of an answer is that of the last look, at which nothing had changed.
 */
export class FormedWorks {
  constructor(
    private readonly records: RecordReads,
    private readonly kept: KeptWorks,
  ) {}

  /** @param turn settles when the next step may be made */
  async find(sessionId: string, form: WorkForm, turn: () => Promise<void>): Promise<Positioned<FormedWork>> {
    const name = `${form.name} ${sessionId}`;
    const looked = await this.records.work(sessionId, 'tasks');
    const known = mustBeThere(sessionId, looked.value);
    const kept = this.kept.find(name, known);
    if (kept !== undefined) {
      return { value: await this.kept.formed(name, kept, known.session), position: looked.position };
    }
    const { value, position } = await this.records.work(sessionId, 'texts');
    const work = mustBeThere(sessionId, value);
    const made = this.kept.find(name, work) ?? this.kept.keep(name, work, contentOf(work, form, turn));
    return { value: await this.kept.formed(name, made, work.session), position };
  }
}

async function contentOf(work: WorkState, form: WorkForm, turn: () => Promise<void>): Promise<Buffer> {
  const tasks = work.tasks.map((task) => toTask(task, work.texts.get(task.task_id) ?? null));
  const parts: Buffer[] = [];
  let begun = performance.now();
  for (const piece of form.pieces(toSession(work.session), tasks)) {
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
