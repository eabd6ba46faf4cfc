import { ServiceError } from '../domain/service-error';
import { EngineUnderTest, OWNER } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { complete } from '../testing/work-steps';

describe('An engine told otherwise in the middle of a text', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  for (const command of ['pause', 'stop'] as const) {
    it(`a run ended by ${command} never writes to the store again`, async () => {
      const id = await test.createStarted();
      const call = await author.nextCall();
      call.write('half');
      await test.command(id, command);
      const before = await test.store.tasksOf(id);
      call.finish(GOOD_TEXT);
      await test.engine.close();

      expect(await test.store.tasksOf(id)).toEqual(before);
      expect((await test.writing(id)).text).toBeNull();
    });

    it(`S6: no chunk follows a ${command} that is published`, async () => {
      const id = await test.createStarted();
      const call = await author.nextCall();
      const heard: string[] = [];
      test.chunks.subscribe(({ data }) => heard.push(data.text));
      jasmine.clock().install();
      // The second is held back for a moment.
      call.write('half', ' of it');
      test.store.published.subscribe(() => {
        jasmine.clock().tick(1000);
      });
      await test.command(id, command);
      jasmine.clock().uninstall();

      expect(heard).toEqual(['half']);
    });

    it(`S6: ${command} puts the running task back`, async () => {
      const id = await test.createStarted();
      await author.nextCall();
      const { status } = await test.command(id, command);

      expect([status, (await test.firstTask(id)).status]).toEqual([
        command === 'pause' ? 'paused' : 'stopped',
        'pending',
      ]);
    });

    it(`${command} tells the author by its signal`, async () => {
      const id = await test.createStarted();
      const { signal } = await author.nextCall();
      await test.command(id, command);

      expect(signal.aborted).toBeTrue();
    });
  }

  it('S6: a resume writes the task again, as the attempt it was', async () => {
    const id = await test.createStarted();
    (await author.nextCall()).write('half');
    await test.command(id, 'pause');
    await test.command(id, 'resume');
    const { brief } = await author.nextCall();

    expect([brief.taskType, brief.attempt]).toEqual(['outline', 0]);
  });

  it('S12: a delete ends the run before the session is gone', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    await test.engine.delete(OWNER, id);
    call.finish(GOOD_TEXT);
    await test.engine.close();

    await expectAsync(test.session(id)).toBeRejectedWith(
      new ServiceError('unknown_session', `There is no session ${id}.`),
    );
    expect(test.log.lines).toEqual([]);
  });

  it('S12: a session that completes while it is deleted is deleted', async () => {
    const id = await test.createStarted();
    await author.nextCall();
    const deleted = test.engine.delete(OWNER, id);
    await test.store.change(id, complete);

    await expectAsync(deleted).toBeResolved();
  });

  it('start, pause, resume and stop in one tick leave nothing running', async () => {
    const id = await test.create();
    const commands = ['start', 'pause', 'resume', 'stop'] as const;
    await Promise.all(commands.map((command) => test.command(id, command)));
    await test.engine.close();

    expect((await test.session(id)).status).toBe('stopped');
    expect(await test.statusesOf(id)).not.toContain('running');
  });

  it('a command the status does not allow says which it would take', async () => {
    const id = await test.create();

    await expectAsync(test.command(id, 'resume')).toBeRejectedWithError(
      'A session that is created does not take "resume": it must be paused.',
    );
  });
});
