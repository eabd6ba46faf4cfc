import { ServiceError } from '../domain/service-error';
import { EngineUnderTest, OWNER } from '../testing/engine-under-test';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('S20: An engine whose texts wait for a person', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;
  let id: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
    const waits = test.taskReached('pending_approval');
    id = await test.createStarted({ approval: 'manual' });
    await author.finishCalls(GOOD_TEXT);
    await waits;
  });

  afterEach(async () => {
    await test.close();
  });

  const first = async (): Promise<string> => (await test.firstTask(id)).task_id;

  it('keeps the text and goes no further, though the session runs', async () => {
    await test.engine.close();

    expect((await test.firstTask(id)).result).toBe(GOOD_TEXT);
    expect((await test.statusesOf(id)).slice(0, 2)).toEqual(['pending_approval', 'pending']);
    expect((await test.session(id)).status).toBe('running');
  });

  it('completes a text that is approved, and goes on with the next', async () => {
    const task = await test.decide(id, { action: 'approve' });

    expect([task.status, task.result]).toEqual(['completed', GOOD_TEXT]);
    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });

  it('writes a text anew at once, as another attempt that is given the feedback', async () => {
    await test.decide(id, { action: 'regenerate', feedback: 'less rain' });
    const { brief } = await author.nextCall();

    expect([brief.taskType, brief.attempt, brief.feedback]).toEqual(['outline', 1, ['less rain']]);
  });

  it('pauses a session whose text is rejected, and goes on when it is resumed', async () => {
    await test.decide(id, { action: 'reject', feedback: 'less rain' });
    const { status } = await test.session(id);
    await test.command(id, 'resume');
    const { brief } = await author.nextCall();

    expect(status).toBe('paused');
    expect([brief.taskType, brief.feedback]).toEqual(['outline', ['less rain']]);
  });

  it('completes a text that is approved while the session is paused, and goes on when it is resumed', async () => {
    await test.command(id, 'pause');
    await test.decide(id, { action: 'approve' });
    const { status } = await test.session(id);
    await test.command(id, 'resume');

    expect(status).toBe('paused');
    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });

  it('keeps a text waiting through pause and resume', async () => {
    await test.command(id, 'pause');
    await test.command(id, 'resume');
    await test.engine.close();

    expect(await test.firstTask(id)).toEqual(
      jasmine.objectContaining({ status: 'pending_approval', result: GOOD_TEXT }),
    );
  });

  it('keeps a text waiting through stop and start', async () => {
    await test.command(id, 'stop');
    await test.command(id, 'start');
    await test.decide(id, { action: 'approve' });

    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });

  it('keeps a text waiting through a restart of the server', async () => {
    await test.engine.close();
    await test.replaceEngine().recover();
    const { status } = await test.firstTask(id);
    await test.decide(id, { action: 'approve' });

    expect(status).toBe('pending_approval');
    expect((await author.nextCall()).brief.taskType).toBe('characters');
  });

  it('completes the session when its last text is approved', async () => {
    const completed = test.reached(id, 'completed');
    for (let task = 1; task < 6; task += 1) {
      await test.decide(id, { action: 'approve' });
      const waits = test.taskReached('pending_approval');
      await author.finishCalls(GOOD_TEXT);
      await waits;
    }
    await test.decide(id, { action: 'approve' });
    await completed;

    expect((await test.session(id)).completed_tasks).toBe(6);
  });

  it('refuses to decide about a task that does not wait', async () => {
    const taskId = await first();
    await test.decide(id, { action: 'approve' });

    await expectAsync(test.engine.approve(OWNER, taskId, { action: 'approve' })).toBeRejectedWith(
      new ServiceError('invalid_state', `Task ${taskId} is completed, not pending_approval.`),
    );
  });

  it('S23: does not let another owner decide', async () => {
    const taskId = await first();

    await expectAsync(test.engine.approve('grace', taskId, { action: 'approve' })).toBeRejectedWith(
      new ServiceError('unknown_task', `There is no task ${taskId}.`),
    );
  });

  it('S15: decides once however often the same command comes', async () => {
    const steering = { event: 'approve', taskId: await first(), decision: { action: 'regenerate' } } as const;
    const named = { id: 'c1', command: JSON.stringify(steering), sessionId: id };
    await test.engine.obeyOnce(OWNER, named, steering);
    const { brief } = await author.nextCall();
    const again = await test.engine.obeyOnce(OWNER, named, steering);

    expect(again).toEqual({ ok: true });
    expect([brief.attempt, (await test.firstTask(id)).retry_count]).toEqual([1, 1]);
  });
});
