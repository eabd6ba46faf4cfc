import { ServiceError } from '../service-error';
import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('An engine told otherwise in the middle of a text', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(() => {
    author = new ScriptedAuthor();
    test = new EngineUnderTest(author);
  });

  afterEach(async () => {
    await test.close();
  });

  for (const command of ['pause', 'stop'] as const) {
    it(`a run ended by ${command} never writes to the store again`, async () => {
      const id = test.create();
      test.engine.start(id);
      const call = await author.nextCall();
      call.write('half');
      test.engine[command](id);
      const before = test.store.tasksOf(id);
      call.finish(GOOD_TEXT);
      await test.engine.close();

      expect(test.store.tasksOf(id)).toEqual(before);
      expect(test.engine.writing(id)).toBeNull();
    });
  }

  it('a delete ends the run before the session is gone', async () => {
    const id = test.create();
    test.engine.start(id);
    const call = await author.nextCall();
    test.engine.delete(id);
    call.finish(GOOD_TEXT);
    await test.engine.close();

    expect(() => test.store.findSession(id)).toThrowMatching(
      (error) => error instanceof ServiceError && error.code === 'unknown_session',
    );
    expect(test.log.lines).toEqual([]);
  });

  it('start, pause, resume and stop in one tick leave nothing running', async () => {
    const id = test.create();
    test.engine.start(id);
    test.engine.pause(id);
    test.engine.resume(id);
    test.engine.stop(id);
    await test.engine.close();

    expect(test.store.findSession(id).status).toBe('stopped');
    expect(test.statusesOf(id)).not.toContain('running');
  });

  it('a command the status does not allow says which it would take', () => {
    expect(() => test.engine.resume(test.create())).toThrowError(
      'A session that is created does not take "resume": it must be paused.',
    );
  });
});
