import { JournaledEvent, Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { describeOnEachBackend } from '../testing/backends';
import { DamagedSession, ServiceError } from '../domain/service-error';
import type { Work } from '../domain/work';
import { UnstorableRecord } from '../ports/store';
import { OUTCOME } from '../testing/sample-work';
import { ADA, GRACE, type PlannedNovel, useStore } from '../testing/store-under-test';

const FIRST_ATTEMPT = { retry: false, rewrite: false };
/** Has a session that runs be stopped and started, which plans its damaged tasks anew. */
const startAgain = (work: Work): void => {
  work.stop();
  work.start();
};
const ToldEvent = v.pipe(v.string(), v.parseJson(), JournaledEvent);
const NONE = { sessions: 0, tasks: 0 };
const FIRST_PAGE = { page: 1, pageSize: 9 };

describeOnEachBackend('A damaged record', (kind) => {
  const opened = useStore(kind);
  let novel: PlannedNovel;
  let other: PlannedNovel;
  beforeEach(async () => {
    novel = await opened().planNovel();
    other = await opened().planNovel();
    for (const { id, outline } of [novel, other]) {
      await opened().store.change(id, (work) => {
        work.start();
        work.begin(outline, FIRST_ATTEMPT);
        work.finish(outline, OUTCOME);
      });
    }
    opened().forgetNews();
  });

  const damageSession = (change: (stored: string) => string = () => '{"title":"星海') => {
    const { place } = opened();
    return place.rewrite({ of: 'session', owner: ADA, sessionId: novel.id }, change);
  };
  const damageTask = (change: (stored: string) => string = () => 'no JSON') => {
    const where = { owner: ADA, sessionId: novel.id, taskId: novel.outline };
    return opened().place.rewrite({ of: 'task', ...where }, change);
  };

  describe('of a session', () => {
    it('is listed as a valid session that failed, in its place beside the others', async () => {
      await damageSession();
      const { items, total } = await opened().store.listSessions(FIRST_PAGE);

      expect(total).toBe(2);
      expect(items.map(({ id, status, damaged }) => [id, status, damaged])).toEqual([
        [other.id, 'running', false],
        [novel.id, 'failed', true],
      ]);
      expect(items.every((session) => v.is(Session, session))).toBeTrue();
    });

    it('keeps the title where that is left, also when it is no JSON any more', async () => {
      await damageSession((stored) => stored.slice(0, -1));
      const cut = await opened().store.findSession(novel.id);
      await damageSession(() => 'nothing of it');

      expect([cut.title, cut.damaged]).toEqual(['星海拾遗', true]);
      expect((await opened().store.findSession(novel.id)).title).toBe('(damaged)');
    });

    it('that is the record of another session is damaged, too', async () => {
      await damageSession((stored) => stored.replaceAll(novel.id, other.id));

      expect(await opened().store.findSession(novel.id)).toEqual(
        jasmine.objectContaining({ id: novel.id, damaged: true }),
      );
    });

    it('refuses every change with a sentence that says what to do', async () => {
      await damageSession();

      await expectAsync(opened().store.change(novel.id, (work) => work.rename('new'))).toBeRejectedWithError(
        DamagedSession,
        `The stored record of session ${novel.id} is damaged: delete the session, or restore a backup.`,
      );
    });

    it('refuses a command with the same answer each time', async () => {
      await damageSession();
      const pause = { id: 'c1', command: 'pause', sessionId: novel.id };
      const once = () =>
        opened().store.once(pause, (work) => {
          work.pause();
        });
      const first = await once();
      const second = await once();

      expect(first.answer).toEqual({
        ok: false,
        error: { code: 'invalid_state', message: jasmine.stringContaining('is damaged') },
      });
      expect(second).toEqual({ answer: first.answer, isRepeated: true });
    });

    it('is given as it is stored, with its tasks and texts', async () => {
      await damageSession();
      const parts = await opened().store.storedOf(novel.id);
      const texts = parts.map(({ of, bytes }) => [of, Buffer.from(bytes).toString()]);

      expect(texts).toContain(['session', '{"title":"星海']);
      expect(texts).toContain(['text', OUTCOME.result]);
      expect(texts.filter(([of]) => of === 'task')).toHaveSize(2);
    });

    it('is not given to another owner', async () => {
      await expectAsync(opened().stores.of(GRACE).storedOf(novel.id)).toBeRejectedWithError(ServiceError);
    });

    it('shows its progress and its texts, which are kept apart', async () => {
      await damageSession();
      const { progress } = await opened().store.snapshot(novel.id);
      const tasks = await opened().store.tasksOf(novel.id);

      expect(progress.completed_tasks).toBe(1);
      expect(tasks.map(({ result }) => result)).toEqual([OUTCOME.result, null]);
    });

    it('keeps no other session from being run', async () => {
      await damageSession();

      expect((await opened().stores.toBeRun()).map(({ sessionId }) => sessionId)).toContain(other.id);
    });

    it('is deleted with everything that belongs to it', async () => {
      await damageSession();
      await opened().store.deleteSession(novel.id);
      const { sessions, tasks, characters_written } = await opened().store.overview();

      expect([sessions.total, tasks.total]).toEqual([1, 2]);
      expect(characters_written).toBe(Array.from(OUTCOME.result).length);
      expect((await opened().store.listSessions(FIRST_PAGE)).items.map(({ id }) => id)).toEqual([other.id]);
      expect(opened().news).toEqual(['session.deleted']);
      expect((await opened().stores.toBeRun()).map(({ sessionId }) => sessionId)).toEqual([other.id]);
    });

    it('is named in the log once, without its text, and counted until it is deleted', async () => {
      await damageSession((stored) => stored.replace('"status":"running"', '"status":"secret"'));
      await opened().store.listSessions(FIRST_PAGE);
      await opened().store.findSession(novel.id);
      const found = opened().stores.damagedRecords;
      await opened().store.deleteSession(novel.id);

      expect(opened().log.lines).toEqual([
        {
          level: 'error',
          message: 'a stored record is damaged and is set aside',
          details: { session_id: novel.id, field: 'status' },
        },
      ]);
      expect([found, opened().stores.damagedRecords]).toEqual([{ sessions: 1, tasks: 0 }, NONE]);
    });
  });

  describe('of a task', () => {
    it('is a valid task that failed, in its place in the plan, with its text', async () => {
      await damageTask();
      const tasks = await opened().store.tasksOf(novel.id);

      expect(tasks.map(({ task_id, position, status }) => [task_id, position, status])).toEqual([
        [novel.outline, 0, 'failed'],
        [novel.draft, 1, 'pending'],
      ]);
      expect([tasks[0]?.damaged, tasks[0]?.result]).toEqual([true, OUTCOME.result]);
      expect(tasks.every((task) => v.is(Task, task))).toBeTrue();
      expect(await opened().store.findTask(novel.outline)).toEqual(
        jasmine.objectContaining({ damaged: true, result: OUTCOME.result }),
      );
    });

    it('is listed beside the others, without its text', async () => {
      await damageTask();
      const { items, total } = await opened().store.listTasks(FIRST_PAGE);

      expect(total).toBe(4);
      expect(items.every((task) => v.is(Task, task) && task.result === undefined)).toBeTrue();
      expect(items.filter(({ damaged }) => damaged).map(({ task_id }) => task_id)).toEqual([novel.outline]);
    });

    it('keeps what is left of it', async () => {
      await damageTask((stored) => stored.replace('"status":"completed"', '"status":7'));

      expect(await opened().store.findTask(novel.outline)).toEqual(
        jasmine.objectContaining({ title: '大纲', task_type: 'outline', damaged: true }),
      );
    });

    it('lets its session be changed otherwise', async () => {
      await damageTask();
      await opened().store.change(novel.id, (work) => {
        work.pause();
      });

      expect((await opened().store.findSession(novel.id)).status).toBe('paused');
      expect((await opened().store.findTask(novel.outline)).damaged).toBeTrue();
    });

    it('is written anew by the plan, and counted as such', async () => {
      await damageTask();
      await opened().store.findTask(novel.outline);
      const found = opened().stores.damagedRecords;
      await opened().store.change(novel.id, startAgain);
      const { tasks, characters_written } = await opened().store.overview();

      expect(await opened().store.findTask(novel.outline)).toEqual(
        jasmine.objectContaining({
          description: '全书的主线、各章的情节与转折。',
          status: 'pending',
          position: 0,
          result: null,
        }),
      );
      expect([tasks.total, tasks.pending, tasks.completed]).toEqual([4, 3, 1]);
      expect(characters_written).toBe(Array.from(OUTCOME.result).length);
      expect([found, opened().stores.damagedRecords]).toEqual([{ sessions: 0, tasks: 1 }, NONE]);
    });

    it('is kept as it is when it is written anew, with its text, until its session is deleted', async () => {
      const { store } = opened();
      const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
      await damageTask();
      await store.change(novel.id, startAgain);
      const setAside = (await store.storedOf(novel.id)).filter(({ setAsideAt }) => setAsideAt !== null);

      expect(setAside.map(({ of, id, bytes }) => [of, id, textOf(bytes)])).toEqual([
        ['task', novel.outline, 'no JSON'],
        ['text', novel.outline, OUTCOME.result],
      ]);

      await store.deleteSession(novel.id);

      await expectAsync(store.storedOf(novel.id)).toBeRejectedWithError(ServiceError, /There is no session/);
    });

    it('is told to be sound again when it is written anew, to those who merge what they are told', async () => {
      const { store } = opened();
      await damageTask();
      const { offset } = await store.journal.end();
      await store.change(novel.id, startAgain);
      const told = (await store.journal.read(offset, 9)).map(({ json }) => v.parse(ToldEvent, json));

      expect(told).toContain({
        event: 'task.update',
        session_id: novel.id,
        data: jasmine.objectContaining({ task_id: novel.outline, damaged: false }),
      });
    });

    it('is deleted with its session, and counted no more', async () => {
      await damageTask();
      await opened().store.deleteSession(novel.id);
      const { tasks, characters_written } = await opened().store.overview();

      expect([tasks.total, tasks.completed, tasks.pending]).toEqual([2, 1, 1]);
      expect(characters_written).toBe(Array.from(OUTCOME.result).length);
      expect((await opened().store.listTasks(FIRST_PAGE)).total).toBe(2);
    });
  });

  describe('of an event', () => {
    it('S14: ends the journal behind it, so that who has yet to get it loads the state anew', async () => {
      const { store, place, log } = opened();
      const { epoch, offset } = await store.journal.end();
      await place.rewrite({ of: 'event', owner: ADA, offset: offset - 1 }, (stored) => stored.slice(3));
      const read = await store.journal.read(offset - 3, 9);

      expect(read.map((entry) => entry.offset)).toEqual([offset]);
      expect(await store.journal.reachesBackTo({ epoch, offset: offset - 2 })).toBeFalse();
      expect(await store.journal.reachesBackTo({ epoch, offset: offset - 1 })).toBeTrue();
      expect(log.errors).toEqual(['a journal entry is damaged and is dropped with all before it']);
    });

    it('that is the newest leaves a journal that goes on', async () => {
      const { store, place } = opened();
      const { epoch, offset } = await store.journal.end();
      await place.rewrite({ of: 'event', owner: ADA, offset }, () => '{"event":"task.update"}');

      expect(await store.journal.read(offset - 1, 9)).toEqual([]);
      expect(await store.journal.reachesBackTo({ epoch, offset: offset - 1 })).toBeFalse();

      await store.change(other.id, (work) => work.rename('new'));

      expect((await store.journal.read(offset, 9)).map((entry) => entry.offset)).toEqual([offset + 1]);
    });
  });

  describe('of an answer', () => {
    it('S15: keeps the command from being done twice', async () => {
      const pause = { id: 'c1', command: 'pause', sessionId: novel.id };
      const once = () =>
        opened().store.once(pause, (work) => {
          work.pause();
        });
      await once();
      await opened().place.rewrite({ of: 'answer', owner: ADA, id: 'c1' }, () => '{"ok":');
      opened().forgetNews();
      const { answer, isRepeated } = await once();

      expect([answer.ok, isRepeated]).toEqual([false, true]);
      expect(opened().news).toEqual([]);
    });
  });

  describe('that is to be stored', () => {
    for (const [what, odd] of [
      ['not a number', Number.NaN],
      ['negative', -1],
      ['a fraction', 0.5],
      ['infinite', Number.POSITIVE_INFINITY],
    ] as const) {
      it(`is refused where a count is ${what}, and nothing of its change is stored or told`, async () => {
        const { store } = opened();
        await store.change(novel.id, (work) => work.begin(novel.draft, FIRST_ATTEMPT));
        const before = await store.tasksOf(novel.id);
        opened().forgetNews();

        await expectAsync(
          store.change(novel.id, (work) => work.finish(novel.draft, { ...OUTCOME, promptTokens: odd })),
        ).toBeRejectedWithError(UnstorableRecord, /"(prompt_tokens|tokens_used)"/);

        expect(await store.tasksOf(novel.id)).toEqual(before);
        expect(opened().news).toEqual([]);
      });
    }

    it('is refused where a score of its evaluation is not a number', async () => {
      const { store } = opened();
      await store.change(novel.id, (work) => work.begin(novel.draft, FIRST_ATTEMPT));
      const evaluation = { passed: true, score: 1, dimension_scores: { length: { score: Number.NaN } } };

      await expectAsync(
        store.change(novel.id, (work) => work.finish(novel.draft, { ...OUTCOME, evaluation })),
      ).toBeRejectedWith(new UnstorableRecord('evaluation.dimension_scores.length.score'));
    });
  });
});
