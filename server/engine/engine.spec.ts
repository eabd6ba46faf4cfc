import type { ServerEvent, Session, SessionGoal, Task, TaskChunk } from '@creative-autogpt/protocol';
import { filter, firstValueFrom, map } from 'rxjs';
import type { Author } from '../authors/author';
import { ServiceError } from '../service-error';
import { openStore } from '../store/open-store';
import type { Store } from '../store/store';
import { InstantAuthor } from '../testing/instant-author';
import { RecordedLog } from '../testing/recorded-log';
import { GOOD_TEXT, POOR_TEXT } from '../testing/sample-texts';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { ScriptedAuthor } from '../testing/scripted-author';
import { Engine } from './engine';

const SHORT_WORK: SessionGoal = { language: 'en', chapter_count: 1, word_count: 150 };

describe('Engine', () => {
  let directory: string;
  let store: Store;
  let log: RecordedLog;
  let author: ScriptedAuthor;
  let engine: Engine;

  const engineWith = (writer: Author): Engine =>
    new Engine({ store, author: writer, log, retryDelay: () => Promise.resolve() });

  beforeEach(() => {
    directory = makeScratchDirectory();
    store = openStore(directory);
    log = new RecordedLog();
    author = new ScriptedAuthor();
    engine = engineWith(author);
  });

  afterEach(async () => {
    await engine.close();
    store.close();
    removeScratchDirectory(directory);
  });

  const create = (): Session =>
    store.createSession({ title: 'The lighthouse', mode: 'novel', goal: SHORT_WORK, config: {} });
  const taskAt = (sessionId: string, position: number): Task | undefined =>
    store.tasksOf(sessionId)[position];
  /** Settles when the session is announced with this status. */
  const reached = (sessionId: string, status: Session['status']): Promise<unknown> =>
    announced(
      (event) =>
        event.event === 'session.update' && event.session_id === sessionId && event.data.status === status,
    );
  /** Settles when a task is announced with this status. */
  const taskReached = (status: Task['status']): Promise<unknown> =>
    announced((event) => event.event === 'task.update' && event.data.status === status);
  const announced = (fits: (event: ServerEvent) => boolean): Promise<unknown> =>
    firstValueFrom(store.announcements.pipe(filter(fits)), { defaultValue: undefined });
  const statusesOf = (sessionId: string): string[] => store.tasksOf(sessionId).map(({ status }) => status);

  it('answers a start with the planned and running session', () => {
    const started = engine.start(create().id);

    expect([started.status, started.total_tasks]).toEqual(['running', 6]);
  });

  it('runs any number of sessions at once, each with one running task', async () => {
    const ids = [create().id, create().id, create().id];
    ids.forEach((id) => engine.start(id));
    await Promise.all(ids.map(() => author.nextCall()));

    for (const id of ids) {
      expect(statusesOf(id).filter((status) => status === 'running')).toHaveSize(1);
    }
  });

  it('lets the rest of the server have its turn even with an author that never waits', async () => {
    engine = engineWith(new InstantAuthor(() => GOOD_TEXT));
    const { id } = create();
    engine.start(id);
    await taskReached('completed');
    await new Promise(setImmediate);
    engine.pause(id);

    expect(store.findSession(id).completed_tasks).toBeLessThan(6);
  });

  describe('evaluates every text:', () => {
    it('one that fails is written once more, with another attempt number', async () => {
      engine.start(create().id);
      const briefs = await author.finishCalls(POOR_TEXT, GOOD_TEXT);

      expect(briefs.map(({ taskType, attempt }) => [taskType, attempt])).toEqual([
        ['outline', 0],
        ['outline', 1],
      ]);
    });

    it('a better second text is kept, and the cost of both counted', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(POOR_TEXT, GOOD_TEXT);
      await author.nextCall();

      expect(taskAt(id, 0)).toEqual(
        jasmine.objectContaining({ result: GOOD_TEXT, retry_count: 1, total_tokens: 60, failed_attempts: 0 }),
      );
    });

    it('a worse second text is not kept', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(`${POOR_TEXT} and once more, a little different`, 'no');
      await author.nextCall();

      expect(taskAt(id, 0)?.result).toContain('different');
    });

    it('a third text is never asked for', async () => {
      engine.start(create().id);
      const briefs = await author.finishCalls(POOR_TEXT, POOR_TEXT, GOOD_TEXT);

      expect(briefs.map(({ taskType }) => taskType)).toEqual(['outline', 'outline', 'characters']);
    });

    it('the session shows the rewrite while it goes on', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(POOR_TEXT);
      const rewrite = await author.nextCall();
      const during = store.findSession(id).is_rewriting;
      rewrite.finish(GOOD_TEXT);
      await author.nextCall();

      expect([during, store.findSession(id).is_rewriting]).toEqual([true, false]);
    });

    it('the first text is kept when the author fails at the second', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(POOR_TEXT);
      (await author.nextCall()).fail();
      await author.nextCall();

      expect(taskAt(id, 0)).toEqual(jasmine.objectContaining({ status: 'completed', result: POOR_TEXT }));
    });

    it('a stop during the rewrite puts the task back', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(POOR_TEXT);
      const rewrite = await author.nextCall();
      engine.stop(id);
      rewrite.finish(GOOD_TEXT);
      await engine.close();

      expect(taskAt(id, 0)?.status).toBe('pending');
      expect(store.findSession(id).is_rewriting).toBeFalse();
    });
  });

  describe('when an author fails:', () => {
    it('an empty text counts as a failed attempt', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls('  ');
      await author.nextCall();

      expect(taskAt(id, 0)?.failed_attempts).toBe(1);
    });

    it('the task waits before it is tried again, and a pause ends the wait', async () => {
      const delays: number[] = [];
      engine = new Engine({
        store,
        author,
        log,
        retryDelay: (failedAttempts) => {
          delays.push(failedAttempts);
          return new Promise<void>(() => undefined);
        },
      });
      const { id } = create();
      engine.start(id);
      (await author.nextCall()).fail();
      await taskReached('pending');
      engine.pause(id);
      engine.resume(id);
      const { brief } = await author.nextCall();

      expect(delays).toEqual([1]);
      expect([brief.taskType, brief.attempt]).toEqual(['outline', 1]);
    });

    it('pausing does not give more attempts', async () => {
      const { id } = create();
      engine.start(id);
      (await author.nextCall()).fail();
      await author.nextCall();
      engine.pause(id);
      engine.resume(id);
      (await author.nextCall()).fail();
      (await author.nextCall()).fail();
      await reached(id, 'failed');

      expect(taskAt(id, 0)?.failed_attempts).toBe(3);
    });

    it('an error nobody foresaw fails the session at once, and only the log says what it was', async () => {
      const { id } = create();
      const failed = reached(id, 'failed');
      engine.start(id);
      (await author.nextCall()).fail(new TypeError('secret detail'));
      await failed;

      expect(store.findSession(id).error).not.toContain('secret');
      expect(statusesOf(id)[0]).toBe('failed');
      expect(log.errors).toHaveSize(1);
    });

    it('other sessions go on', async () => {
      const [failing, other] = [create().id, create().id];
      const failed = reached(failing, 'failed');
      engine.start(failing);
      const failingCall = await author.nextCall();
      engine.start(other);
      const otherCall = await author.nextCall();
      failingCall.fail(new TypeError('broken'));
      await failed;
      otherCall.finish(GOOD_TEXT);

      expect((await author.nextCall()).brief.taskType).toBe('characters');
    });

    it('a store that cannot be written to fails the session once it can again be told', async () => {
      const { id } = create();
      const failed = reached(id, 'failed');
      spyOn(store, 'completeTask').and.throwError('the disk is full');
      spyOn(store, 'failTask').and.throwError('the disk is full');
      engine.start(id);
      await author.finishCalls(GOOD_TEXT);
      await failed;

      expect(statusesOf(id)).not.toContain('running');
    });

    it('a store that cannot be written to at all is logged and ends nothing else', async () => {
      const { id } = create();
      engine.start(id);
      const call = await author.nextCall();
      spyOn(store, 'completeTask').and.throwError('the disk is full');
      spyOn(store, 'failTask').and.throwError('the disk is full');
      spyOn(store, 'putBackTask').and.throwError('the disk is full');
      call.finish(GOOD_TEXT);
      const other = create().id;
      engine.start(other);
      await author.nextCall();

      expect(log.errors).toContain('the failure of a session could not be stored');
    });
  });

  describe('when it is told otherwise in the middle of a text:', () => {
    for (const command of ['pause', 'stop'] as const) {
      it(`a run ended by ${command} never writes to the store again`, async () => {
        const { id } = create();
        engine.start(id);
        const call = await author.nextCall();
        call.write('half');
        engine[command](id);
        const before = store.tasksOf(id);
        call.finish(GOOD_TEXT);
        await engine.close();

        expect(store.tasksOf(id)).toEqual(before);
        expect(engine.writing(id)).toBeNull();
      });
    }

    it('a delete ends the run before the session is gone', async () => {
      const { id } = create();
      engine.start(id);
      const call = await author.nextCall();
      engine.delete(id);
      call.finish(GOOD_TEXT);
      await engine.close();

      expect(() => store.findSession(id)).toThrowMatching(
        (error) => error instanceof ServiceError && error.code === 'unknown_session',
      );
      expect(log.lines).toEqual([]);
    });

    it('start, pause, resume and stop in one tick leave nothing running', async () => {
      const { id } = create();
      engine.start(id);
      engine.pause(id);
      engine.resume(id);
      engine.stop(id);
      await engine.close();

      expect(store.findSession(id).status).toBe('stopped');
      expect(statusesOf(id)).not.toContain('running');
    });

    it('a command the status does not allow says which it would take', () => {
      expect(() => engine.resume(create().id)).toThrowError(
        'A session that is created does not take "resume": it must be paused.',
      );
    });
  });

  describe('when the server ends:', () => {
    it('running sessions keep that status, and the next engine goes on with them', async () => {
      const { id } = create();
      engine.start(id);
      await author.finishCalls(GOOD_TEXT);
      await author.nextCall();
      await engine.close();
      const statusAfterClose = store.findSession(id).status;
      engine = engineWith(author);
      engine.recover();
      const { brief } = await author.nextCall();

      expect(statusAfterClose).toBe('running');
      expect([brief.taskType, brief.attempt]).toEqual(['characters', 0]);
    });

    it('it waits for no author that does not heed its signal', async () => {
      engine.start(create().id);
      await author.nextCall();

      await expectAsync(engine.close()).toBeResolved();
    });

    it('sessions that do not run are left alone', async () => {
      const [paused, created] = [create().id, create().id];
      engine.start(paused);
      engine.pause(paused);
      await engine.close();
      engine = engineWith(author);
      engine.recover();
      await engine.close();

      expect(store.findSession(paused).status).toBe('paused');
      expect(store.findSession(created).total_tasks).toBe(0);
    });

    it('a session that was killed before it was planned is planned', async () => {
      const { id } = create();
      store.setSessionStatus(id, 'running');
      engine.recover();
      await author.nextCall();

      expect(store.findSession(id).total_tasks).toBe(6);
    });

    it('a session started while it closes begins at the next start', async () => {
      const { id } = create();
      await engine.close();
      engine.start(id);
      engine = engineWith(author);
      engine.recover();

      expect((await author.nextCall()).brief.taskType).toBe('outline');
    });
  });

  it('S5: what it says was written is what it emitted', async () => {
    const { id } = create();
    const emitted: TaskChunk['data'][] = [];
    const finished = taskReached('completed');
    const chunks = engine.chunks.pipe(map(({ data }) => data)).subscribe((chunk) => {
      emitted.push(chunk);

      expect(engine.writing(id)).toEqual({
        task_id: chunk.task_id,
        index: chunk.index + 1,
        text: emitted.map(({ text }) => text).join(''),
      });
    });
    engine.start(id);
    (await author.nextCall()).write(...GOOD_TEXT.split(/(?<= )/)).finish();
    await finished;
    chunks.unsubscribe();

    expect(emitted.map(({ text }) => text).join('')).toBe(GOOD_TEXT);
  });
});
