import { firstValueFrom } from 'rxjs';
import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

/** How the text begins that is cut off. */
const BEGINNING = GOOD_TEXT.slice(0, 60);

describe('An engine whose server ends', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('S9: running sessions keep that status, and the next engine goes on with them', async () => {
    const id = await test.createStarted();
    await author.finishCalls(GOOD_TEXT);
    await author.nextCall();
    await test.engine.close();
    const { status: statusAfterClose } = await test.session(id);
    await test.replaceEngine().recover();
    const { brief } = await author.nextCall();

    expect(statusAfterClose).toBe('running');
    expect([brief.taskType, brief.attempt]).toEqual(['characters', 0]);
  });

  describe('in the middle of a text', () => {
    const interrupted = async (): Promise<string> => {
      const id = await test.createStarted();
      const call = await author.nextCall();
      const chunk = firstValueFrom(test.chunks, { defaultValue: undefined });
      call.write(BEGINNING);
      await chunk;
      await test.engine.close();
      return id;
    };

    it('has the next one go on where it ended', async () => {
      author.canGoOn = true;
      const id = await interrupted();
      await test.replaceEngine().recover();
      const call = await author.nextCall();
      call.finish(GOOD_TEXT.slice(BEGINNING.length));
      await author.nextCall();

      expect(call.brief.begun).toBe(BEGINNING);
      expect((await test.firstTask(id)).result).toBe(GOOD_TEXT);
    });

    it('has the next one begin anew where the author cannot go on', async () => {
      const id = await interrupted();
      await test.replaceEngine().recover();
      const call = await author.nextCall();
      call.finish(GOOD_TEXT);
      await author.nextCall();

      expect(call.brief.begun).toBe('');
      expect((await test.firstTask(id)).result).toBe(GOOD_TEXT);
    });

    it('shows nobody what is not finished', async () => {
      const id = await interrupted();

      expect(await test.firstTask(id)).toEqual(jasmine.objectContaining({ status: 'pending', result: null }));
    });

    it('begins anew after a pause, as any text does', async () => {
      author.canGoOn = true;
      const id = await interrupted();
      await test.replaceEngine().recover();
      await author.nextCall();
      await test.command(id, 'pause');
      await test.command(id, 'resume');

      expect((await author.nextCall()).brief.begun).toBe('');
    });
  });

  it('it waits for no author that does not heed its signal', async () => {
    await test.createStarted();
    await author.nextCall();

    await expectAsync(test.engine.close()).toBeResolved();
  });

  it('sessions that do not run are left alone', async () => {
    const [paused, created] = [await test.createStarted(), await test.create()];
    await test.command(paused, 'pause');
    await test.engine.close();
    const next = test.replaceEngine();
    await next.recover();
    await next.close();

    expect((await test.session(paused)).status).toBe('paused');
    expect((await test.session(created)).total_tasks).toBe(0);
  });

  it('a session that was killed before it was planned is planned', async () => {
    const id = await test.create();
    await test.store.change(id, (work) => {
      work.start();
    });
    await test.engine.recover();
    await author.nextCall();

    expect((await test.session(id)).total_tasks).toBe(6);
  });

  it('a session started while it closes begins at the next start', async () => {
    const id = await test.create();
    await test.engine.close();
    await test.command(id, 'start');
    await test.replaceEngine().recover();

    expect((await author.nextCall()).brief.taskType).toBe('outline');
  });
});
