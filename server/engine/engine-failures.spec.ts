import { AuthorError } from '../authors/author';
import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { ScriptedChanges } from '../testing/scripted-changes';

describe('An engine whose author fails', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('S8: an empty text counts as a failed attempt', async () => {
    const id = await test.createStarted();
    await author.finishCalls('  ');
    await author.nextCall();

    expect((await test.firstTask(id)).failed_attempts).toBe(1);
  });

  it('S8: a task whose author failed three times fails the session', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      (await author.nextCall()).fail();
    }
    await failed;

    expect((await test.firstTask(id)).status).toBe('failed');
    expect((await test.session(id)).error).toBe('The model is not there.');
  });

  it('S8: a start tries the failed task again', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    (await author.nextCall()).fail(new TypeError('broken'));
    await failed;
    await test.command(id, 'start');

    expect((await author.nextCall()).brief.taskType).toBe('outline');
    expect((await test.session(id)).error).toBeNull();
  });

  it('the task waits before it is tried again, and a pause ends the wait', async () => {
    const delays: number[] = [];
    test.replaceEngine({
      retryDelay: (failedAttempts) => {
        delays.push(failedAttempts);
        return new Promise<void>(() => undefined);
      },
    });
    const id = await test.createStarted();
    const call = await author.nextCall();
    const putBack = test.taskReached('pending');
    call.fail();
    await putBack;
    await test.command(id, 'pause');
    await test.command(id, 'resume');
    const { brief } = await author.nextCall();

    expect(delays).toEqual([1]);
    expect([brief.taskType, brief.attempt]).toEqual(['outline', 1]);
  });

  it('pausing does not give more attempts', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    (await author.nextCall()).fail();
    await author.nextCall();
    await test.command(id, 'pause');
    await test.command(id, 'resume');
    (await author.nextCall()).fail();
    (await author.nextCall()).fail();
    await failed;

    expect((await test.firstTask(id)).failed_attempts).toBe(3);
  });

  it('what a model says of its failure is kept within bounds', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      (await author.nextCall()).fail(new AuthorError('no '.repeat(100_000)));
    }
    await failed;

    expect((await test.session(id)).error).toHaveSize(1000);
    expect((await test.firstTask(id)).error).toHaveSize(1000);
  });

  it('a usage that cannot be stored fails its own session alone, and says so', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    (await author.nextCall())
      .cost({ calls: 1, promptTokens: Number.NaN, completionTokens: 20 })
      .finish(GOOD_TEXT);
    await failed;
    const { items } = await test.store.listSessions({ page: 1, pageSize: 9 });

    expect(items.map(({ error }) => error)).toEqual([jasmine.stringMatching(/could not be stored.*tokens/)]);

    await test.command(id, 'start');

    expect((await author.nextCall()).brief.taskType).toBe('outline');
  });

  it('an error nobody foresaw fails the session at once, and only the log says what it was', async () => {
    const id = await test.createStarted();
    const failed = test.reached(id, 'failed');
    (await author.nextCall()).fail(new TypeError('secret detail'));
    await failed;

    expect((await test.session(id)).error).not.toContain('secret');
    expect((await test.firstTask(id)).status).toBe('failed');
    expect(test.log.errors).toHaveSize(1);
  });

  it('other sessions go on', async () => {
    const failing = await test.createStarted();
    const failed = test.reached(failing, 'failed');
    const failingCall = await author.nextCall();
    await test.createStarted();
    const otherCall = await author.nextCall();
    failingCall.fail(new TypeError('broken'));
    await failed;
    otherCall.finish(GOOD_TEXT);

    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });
});

describe('An engine whose store fails', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;
  let changes: ScriptedChanges;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
    changes = new ScriptedChanges(test.store);
  });

  afterEach(async () => {
    await test.close();
  });

  it('the session fails when its text cannot be stored', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    const failed = test.reached(id, 'failed');
    changes.refuseNext();
    call.finish(GOOD_TEXT);
    await failed;

    expect((await test.firstTask(id)).status).toBe('failed');
  });

  it('the session fails when not even its failure could be stored at first', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    const failed = test.reached(id, 'failed');
    changes.refuseNext().refuseNext();
    call.finish(GOOD_TEXT);
    await failed;

    expect((await test.firstTask(id)).status).toBe('pending');
  });

  it('nothing else ends when its failure cannot be stored at all', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    const logged = test.log.next('the failure of a session could not be stored');
    changes.refuseNext().refuseNext().refuseNext();
    call.finish(GOOD_TEXT);
    await logged;
    await test.createStarted();
    await author.nextCall();

    expect((await test.session(id)).status).toBe('running');
  });
});
