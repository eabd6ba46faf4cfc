import { setImmediate } from 'node:timers/promises';
import type { Task } from '@creative-autogpt/protocol';
import { ServiceError } from '../domain/service-error';
import type { Work } from '../domain/work';
import type { Positioned, PositionedReads, Store } from '../ports/store';
import { describeOnEachBackend } from '../testing/backends';
import { FoldedJournal } from '../testing/folded-journal';
import { NOVEL, OUTCOME, PLAN } from '../testing/sample-work';
import { useStore } from '../testing/store-under-test';

const ROUNDS = 10;

/** Which session and task a read is about: ones that stay. */
interface Kept {
  readonly id: string;
  readonly taskId: string;
}

/** A kind of read, and what it must answer by all events up to its position. */
interface Read {
  readonly ask: (reads: PositionedReads, kept: Kept) => Promise<Positioned<unknown>>;
  readonly expected: (folded: FoldedJournal, kept: Kept) => unknown;
}

/** A kind of read, with its answer as it is compared. */
function reading<T>(
  ask: (reads: PositionedReads, kept: Kept) => Promise<Positioned<T>>,
  expected: Read['expected'],
  compared: (value: T) => unknown = (value) => value,
): Read {
  return {
    ask: async (reads, kept) => {
      const { value, position } = await ask(reads, kept);
      return { value: compared(value), position };
    },
    expected,
  };
}

/** Tasks as the lists have them, in an order that does not depend on when they changed. */
const listed = (tasks: readonly Task[]): object[] =>
  [...tasks]
    .sort((one, other) => one.task_id.localeCompare(other.task_id))
    .map(({ result: _result, ...task }) => task);

const READS: Readonly<Record<string, Read>> = {
  'a page of sessions': reading(
    (reads) => reads.listSessions({ page: 1, pageSize: 3 }),
    ({ sessions }) => ({ items: [...sessions.values()].reverse().slice(0, 3), total: sessions.size }),
  ),
  'a page of paused sessions': reading(
    (reads) => reads.listSessions({ page: 1, pageSize: 100, status: 'paused' }),
    ({ sessions }) => [...sessions.values()].reverse().filter(({ status }) => status === 'paused'),
    ({ items }) => items,
  ),
  'a session': reading(
    (reads, { id }) => reads.findSession(id),
    ({ sessions }, { id }) => sessions.get(id),
  ),
  'the progress of a session': reading(
    (reads, { id }) => reads.progressOf(id),
    ({ progress }, { id }) => progress.get(id),
  ),
  'the tasks of a session': reading(
    (reads, { id }) => reads.tasksOf(id),
    (folded, { id }) => folded.tasksOf(id),
  ),
  'a page of tasks': reading(
    (reads) => reads.listTasks({ page: 1, pageSize: 100 }),
    ({ tasks }) => listed([...tasks.values()]),
    ({ items }) => listed(items),
  ),
  'a page of tasks of a session': reading(
    (reads, { id }) => reads.listTasks({ page: 1, pageSize: 100, sessionId: id }),
    (folded, { id }) => listed(folded.tasksOf(id)),
    ({ items }) => listed(items),
  ),
  'a task': reading(
    (reads, { taskId }) => reads.findTask(taskId),
    ({ tasks }, { taskId }) => tasks.get(taskId),
  ),
  'the overview': reading(
    (reads) => reads.overview(),
    ({ overview }) => overview,
  ),
};

/** One step of the writing of a session, or of a person who reads it. */
function goOn(work: Work, step: number): void {
  const [task] = work.tasks.filter(({ status }) => status !== 'completed');
  if (work.tasks.length === 0) {
    work.plan(PLAN);
  } else if (task === undefined || step % 5 === 0) {
    work.rename(`title ${step}`);
    pressButton(work);
  } else if (task.status === 'running') {
    work.finish(task.task_id, { ...OUTCOME, result: OUTCOME.result.repeat(step) });
  } else if (task.status === 'pending_approval') {
    work.decide(task.task_id, { action: step % 3 === 0 ? 'reject' : 'approve' });
  } else {
    work.begin(task.task_id, { retry: false, rewrite: false });
  }
}

function pressButton(work: Work): void {
  const { status } = work.session;
  if (status === 'running') {
    work.pause();
  } else if (status === 'paused') {
    work.resume();
  } else {
    work.start();
  }
}

describeOnEachBackend('The position of an answer', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  let kept: Kept;
  beforeEach(async () => {
    ({ store } = opened());
    const { id } = await store.createSession({ ...NOVEL, config: { approval: 'manual' } });
    const taskId = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks[0]?.task_id ?? '';
    });
    kept = { id, taskId };
  });

  /** Sessions are made, written, and deleted all at the same time, round after round. */
  const changeEverything = async (): Promise<void> => {
    let ids: readonly string[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      opened().clock.advance(1000);
      const [oldest = '', ...others] = ids;
      const changes = [kept.id, ...ids, kept.id].map((id, index) =>
        store.change(id, (work) => {
          goOn(work, round + index);
        }),
      );
      const deleted = ids.length > 3 ? store.deleteSession(oldest) : undefined;
      const made = await store.createSession(NOVEL);
      // A session may be deleted before its turn comes.
      const settled = await Promise.allSettled([...changes, deleted]);
      const reasons = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
      expect(reasons.filter((reason) => !isUnknownSession(reason))).toEqual([]);
      ids = [...(deleted === undefined ? ids : others), made.id];
    }
  };
  const isUnknownSession = (reason: unknown): boolean =>
    reason instanceof ServiceError && reason.code === 'unknown_session';

  for (const [what, read] of Object.entries(READS)) {
    it(`tells exactly which events are in ${what}, while everything changes`, async () => {
      const answers: Promise<Positioned<unknown>>[] = [];
      const ask = (): Promise<unknown> => {
        const answer = read.ask(store.positioned, kept);
        answers.push(answer);
        return answer;
      };
      // When a change is published, and in between.
      store.published.subscribe(() => void ask());
      await store.publishedFrom();
      const turmoil = { isOver: false };
      const changing = changeEverything().finally(() => {
        turmoil.isOver = true;
      });
      while (!turmoil.isOver) {
        await ask();
        await setImmediate();
      }
      await changing;
      await ask();

      const entries = await store.journal.read(0, 10_000);
      const { epoch, offset: last } = await store.journal.end();
      const answered = await Promise.all(answers);
      const folded = new FoldedJournal();
      for (const entry of entries) {
        folded.tell(entry);
        const here = answered.filter(({ position }) => position.offset === entry.offset);

        expect(here.every(({ position }) => position.epoch === epoch)).toBeTrue();
        for (const { value } of here) {
          expect(value).withContext(`at ${entry.offset}`).toEqual(read.expected(folded, kept));
        }
      }
      const offsets = new Set(answered.map(({ position }) => position.offset));

      expect(offsets.size).toBeGreaterThanOrEqual(ROUNDS);
      expect(offsets).toContain(last);
    });
  }
});
