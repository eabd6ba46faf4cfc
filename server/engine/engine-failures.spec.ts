import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('An engine whose author fails', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(() => {
    author = new ScriptedAuthor();
    test = new EngineUnderTest(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('an empty text counts as a failed attempt', async () => {
    const id = test.create();
    test.engine.start(id);
    await author.finishCalls('  ');
    await author.nextCall();

    expect(test.firstTask(id)?.failed_attempts).toBe(1);
  });

  it('the task waits before it is tried again, and a pause ends the wait', async () => {
    const delays: number[] = [];
    test.replaceEngine({
      retryDelay: (failedAttempts) => {
        delays.push(failedAttempts);
        return new Promise<void>(() => undefined);
      },
    });
    const id = test.create();
    test.engine.start(id);
    (await author.nextCall()).fail();
    await test.taskReached('pending');
    test.engine.pause(id);
    test.engine.resume(id);
    const { brief } = await author.nextCall();

    expect(delays).toEqual([1]);
    expect([brief.taskType, brief.attempt]).toEqual(['outline', 1]);
  });

  it('pausing does not give more attempts', async () => {
    const id = test.create();
    test.engine.start(id);
    (await author.nextCall()).fail();
    await author.nextCall();
    test.engine.pause(id);
    test.engine.resume(id);
    (await author.nextCall()).fail();
    (await author.nextCall()).fail();
    await test.reached(id, 'failed');

    expect(test.firstTask(id)?.failed_attempts).toBe(3);
  });

  it('an error nobody foresaw fails the session at once, and only the log says what it was', async () => {
    const id = test.create();
    const failed = test.reached(id, 'failed');
    test.engine.start(id);
    (await author.nextCall()).fail(new TypeError('secret detail'));
    await failed;

    expect(test.store.findSession(id).error).not.toContain('secret');
    expect(test.statusesOf(id)[0]).toBe('failed');
    expect(test.log.errors).toHaveSize(1);
  });

  it('other sessions go on', async () => {
    const [failing, other] = [test.create(), test.create()];
    const failed = test.reached(failing, 'failed');
    test.engine.start(failing);
    const failingCall = await author.nextCall();
    test.engine.start(other);
    const otherCall = await author.nextCall();
    failingCall.fail(new TypeError('broken'));
    await failed;
    otherCall.finish(GOOD_TEXT);

    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });

  it('a store that cannot be written to fails the session once it can again be told', async () => {
    const id = test.create();
    const failed = test.reached(id, 'failed');
    spyOn(test.store, 'completeTask').and.throwError('the disk is full');
    spyOn(test.store, 'failTask').and.throwError('the disk is full');
    test.engine.start(id);
    await author.finishCalls(GOOD_TEXT);
    await failed;

    expect(test.statusesOf(id)).not.toContain('running');
  });

  it('a store that cannot be written to at all is logged and ends nothing else', async () => {
    const id = test.create();
    test.engine.start(id);
    const call = await author.nextCall();
    spyOn(test.store, 'completeTask').and.throwError('the disk is full');
    spyOn(test.store, 'failTask').and.throwError('the disk is full');
    spyOn(test.store, 'putBackTask').and.throwError('the disk is full');
    call.finish(GOOD_TEXT);
    const other = test.create();
    test.engine.start(other);
    await author.nextCall();

    expect(test.log.errors).toContain('the failure of a session could not be stored');
  });
});
