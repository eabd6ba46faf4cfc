import { ServiceError } from '../domain/service-error';
import type { Launch } from '../ports/store';
import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { ScriptedChanges } from '../testing/scripted-changes';
import type { RunEnding, RunQueue } from '../ports/run-queue';

/** A queue that runs what it is given at once, and tells how each run ended. */
class ObservedQueue implements RunQueue {
  readonly endings: Promise<RunEnding>[] = [];
  #execute: (launch: Launch) => Promise<RunEnding> = () => Promise.resolve('over');

  serve(execute: (launch: Launch) => Promise<RunEnding>): void {
    this.#execute = execute;
  }

  add(launch: Launch): Promise<void> {
    this.endings.push(this.#execute(launch));
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all(this.endings);
  }
}

describe('A run that another one has taken over from', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('S24: stores nothing when it wakes', async () => {
    const id = await test.createStarted();
    const first = test.engine;
    const old = await author.nextCall();
    await test.replaceEngine().recover();
    await author.nextCall();
    const before = await test.store.tasksOf(id);
    old.finish(GOOD_TEXT);
    await first.close();

    expect(await test.store.tasksOf(id)).toEqual(before);
  });

  it('S24: leaves the session to the later one, whose text is the one that is kept', async () => {
    const id = await test.createStarted();
    const old = await author.nextCall();
    await test.replaceEngine().recover();
    const late = await author.nextCall();
    old.finish(GOOD_TEXT);
    late.finish(`${GOOD_TEXT}\n\nThe end.`);
    const next = await author.nextCall();

    expect((await test.firstTask(id)).result).toContain('The end.');
    expect(next.brief.taskType).toBe('characters');
  });

  it('counts no failure of its own', async () => {
    const id = await test.createStarted();
    const first = test.engine;
    const old = await author.nextCall();
    await test.replaceEngine().recover();
    await author.nextCall();
    old.fail();
    await first.close();

    expect((await test.firstTask(id)).failed_attempts).toBe(0);
  });

  it('does not fail the session when its own store fails', async () => {
    const id = await test.createStarted();
    const first = test.engine;
    const old = await author.nextCall();
    await test.replaceEngine().recover();
    await author.nextCall();
    const logged = test.log.next('a session failed unexpectedly');
    new ScriptedChanges(test.store).refuseNext().refuseNext();
    old.finish(GOOD_TEXT);
    await logged;
    await first.close();

    expect((await test.session(id)).status).toBe('running');
    expect((await test.firstTask(id)).status).toBe('running');
  });

  it('hears of a command that another process was given', async () => {
    const id = await test.createStarted();
    const { signal } = await author.nextCall();
    test.replaceEngine();
    await test.command(id, 'pause');

    expect(signal.aborted).toBeTrue();
  });
});

describe('A run that is paused in the moment it', () => {
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

  it('is about to store a text: drops it', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    const finish = changes.holdNext();
    call.finish(GOOD_TEXT);
    await finish.asked;
    await test.command(id, 'pause');
    finish.release();
    await test.engine.close();

    expect([(await test.session(id)).status, (await test.firstTask(id)).status]).toEqual([
      'paused',
      'pending',
    ]);
    expect((await test.firstTask(id)).result).toBeNull();
  });

  it('has stored a text: keeps it, and begins no other', async () => {
    const id = await test.createStarted();
    const completed = test.taskReached('completed');
    await author.finishCalls(GOOD_TEXT);
    await completed;
    await test.command(id, 'pause');
    await test.engine.close();

    expect((await test.session(id)).status).toBe('paused');
    expect((await test.statusesOf(id)).slice(0, 2)).toEqual(['completed', 'pending']);
  });

  it('is about to begin a task: begins none', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    const begin = changes.makeNext().holdNext();
    call.finish(GOOD_TEXT);
    await begin.asked;
    await test.command(id, 'pause');
    begin.release();
    await test.engine.close();

    expect((await test.statusesOf(id)).slice(0, 2)).toEqual(['completed', 'pending']);
  });

  it('gives up: leaves the session paused', async () => {
    const id = await test.create();
    const giveUp = changes.makeNext().refuseNext().holdNext();
    await test.command(id, 'start');
    await giveUp.asked;
    await test.command(id, 'pause');
    giveUp.release();
    await test.engine.close();

    expect((await test.session(id)).status).toBe('paused');
  });
});

describe('A run tells its queue that it', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;
  let queue: ObservedQueue;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
    queue = new ObservedQueue();
    test.replaceEngine({ queue });
  });

  afterEach(async () => {
    await test.close();
  });

  for (const command of ['pause', 'stop'] as const) {
    it(`is over when a ${command} ends it`, async () => {
      const id = await test.createStarted();
      await author.nextCall();
      await test.command(id, command);

      expect(await queue.endings[0]).toBe('over');
    });
  }

  it('is over when its session waits for a person', async () => {
    await test.createStarted({ approval: 'manual' });
    await author.finishCalls(GOOD_TEXT);

    expect(await queue.endings[0]).toBe('over');
  });

  it('is over when another one has its session', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    await test.store.change(id, (work) => work.claimRun(work.launch ?? -1, 'process-1'));
    call.finish(GOOD_TEXT);

    expect(await queue.endings[0]).toBe('over');
  });

  it('is over when its session has failed', async () => {
    await test.createStarted();
    (await author.nextCall()).fail(new TypeError('broken'));

    expect(await queue.endings[0]).toBe('over');
  });

  it('was interrupted when its process ends', async () => {
    await test.createStarted();
    await author.nextCall();
    await test.engine.close();

    expect(await queue.endings[0]).toBe('interrupted');
  });

  it('was interrupted, and the session did not fail, when the store cannot be reached', async () => {
    const id = await test.createStarted();
    const call = await author.nextCall();
    new ScriptedChanges(test.store).refuseNext(new ServiceError('unavailable', 'out of reach'));
    call.finish(GOOD_TEXT);

    expect(await queue.endings[0]).toBe('interrupted');
    expect((await test.session(id)).status).toBe('running');
  });
});
