import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('An engine whose server ends', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(() => {
    author = new ScriptedAuthor();
    test = new EngineUnderTest(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('running sessions keep that status, and the next engine goes on with them', async () => {
    const id = test.create();
    test.engine.start(id);
    await author.finishCalls(GOOD_TEXT);
    await author.nextCall();
    await test.engine.close();
    const statusAfterClose = test.store.findSession(id).status;
    test.replaceEngine();
    test.engine.recover();
    const { brief } = await author.nextCall();

    expect(statusAfterClose).toBe('running');
    expect([brief.taskType, brief.attempt]).toEqual(['characters', 0]);
  });

  it('it waits for no author that does not heed its signal', async () => {
    test.engine.start(test.create());
    await author.nextCall();

    await expectAsync(test.engine.close()).toBeResolved();
  });

  it('sessions that do not run are left alone', async () => {
    const [paused, created] = [test.create(), test.create()];
    test.engine.start(paused);
    test.engine.pause(paused);
    await test.engine.close();
    test.replaceEngine();
    test.engine.recover();
    await test.engine.close();

    expect(test.store.findSession(paused).status).toBe('paused');
    expect(test.store.findSession(created).total_tasks).toBe(0);
  });

  it('a session that was killed before it was planned is planned', async () => {
    const id = test.create();
    test.store.setSessionStatus(id, 'running');
    test.engine.recover();
    await author.nextCall();

    expect(test.store.findSession(id).total_tasks).toBe(6);
  });

  it('a session started while it closes begins at the next start', async () => {
    const id = test.create();
    await test.engine.close();
    test.engine.start(id);
    test.replaceEngine();
    test.engine.recover();

    expect((await author.nextCall()).brief.taskType).toBe('outline');
  });
});
