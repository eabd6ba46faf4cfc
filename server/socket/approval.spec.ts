import type { ApprovalAction, Task } from '@creative-autogpt/protocol';
import type { WritingBrief } from '../authors/author';
import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

/** How a person may say it. */
const WAYS = ['over the socket', 'over the socket, with an id', 'over REST'] as const;

describeOnEachBackend('Approval', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;
  let sessionId: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    sessionId = (await server.createSession({ config: { approval: 'manual' } })).id;
    client = await server.openClient();
    await client.connect(['commands']);
  });

  afterEach(async () => {
    await server.close();
  });

  const taskBecomes = (status: Task['status']) =>
    client.messages.next('task.update', ({ data }) => data.status === status);
  const sessionBecomes = (status: string) =>
    client.messages.next('session.update', ({ data }) => data.status === status);
  /** The task whose text waits for a person. */
  const waitingTask = async (): Promise<string> => {
    await server.command(sessionId, 'start');
    await author.finishCalls(GOOD_TEXT);
    return (await taskBecomes('pending_approval')).data.task_id;
  };
  const approve = (taskId: string, action: ApprovalAction, feedback?: string): object => ({
    event: 'approve',
    session_id: sessionId,
    data: { task_id: taskId, action, feedback },
  });
  const decide = async (
    way: (typeof WAYS)[number],
    taskId: string,
    action: ApprovalAction,
    feedback?: string,
  ): Promise<void> => {
    if (way === 'over REST') {
      const payload = { action, feedback };
      const response = await server.app.inject({ method: 'POST', url: `/tasks/${taskId}/approve`, payload });

      expect(response.statusCode).withContext(response.body).toBe(200);
      return;
    }
    const id = way === 'over the socket' ? undefined : `${action} ${taskId}`;
    client.send({ ...approve(taskId, action, feedback), id });
  };
  const wordsIn = ({ feedback }: WritingBrief): readonly string[] => feedback;

  it('S20: a task whose text is written waits with it, and the session goes no further', async () => {
    await server.command(sessionId, 'start');
    await author.finishCalls(GOOD_TEXT);
    const { data } = await taskBecomes('pending_approval');
    await client.settle();
    const { status, completed_tasks: completed } = await server.store.findSession(sessionId);

    expect(data.result).toBe(GOOD_TEXT);
    expect([status, completed]).toEqual(['running', 0]);
    expect(client.messages.all.some(({ event }) => event === 'error')).toBeFalse();
  });

  for (const way of WAYS) {
    it(`S20: approve ${way} completes the task, and the session goes on with the next`, async () => {
      const taskId = await waitingTask();
      await decide(way, taskId, 'approve');
      const { data } = await taskBecomes('completed');
      const { brief } = await author.nextCall();

      expect([data.task_id, data.result]).toEqual([taskId, GOOD_TEXT]);
      expect(brief.taskType).toBe('characters');
    });

    it(`S20: regenerate ${way} has it written anew, and the author is given the feedback`, async () => {
      const taskId = await waitingTask();
      await decide(way, taskId, 'regenerate', 'More rain.');
      const { data } = await taskBecomes('pending');
      const { brief } = await author.nextCall();

      expect([data.task_id, data.result]).toEqual([taskId, null]);
      expect([brief.taskType, ...wordsIn(brief)]).toEqual(['outline', 'More rain.']);
    });

    it(`S20: reject ${way} drops the text and pauses the session`, async () => {
      const taskId = await waitingTask();
      await decide(way, taskId, 'reject', 'Another story.');
      const { data } = await taskBecomes('pending');
      await sessionBecomes('paused');
      await server.command(sessionId, 'resume');
      const { brief } = await author.nextCall();

      expect([data.task_id, data.result]).toEqual([taskId, null]);
      expect([brief.taskType, ...wordsIn(brief)]).toEqual(['outline', 'Another story.']);
    });
  }

  it('S20: every task of a session waits, until it is completed', async () => {
    await server.command(sessionId, 'start');
    for (let task = 0; task < 6; task += 1) {
      await author.finishCalls(GOOD_TEXT);
      const { data } = await taskBecomes('pending_approval');
      client.send(approve(data.task_id, 'approve'));
    }

    expect((await sessionBecomes('completed')).data.completed_tasks).toBe(6);
  });

  it('S20: a text that waits outlasts a pause and a restart of the server', async () => {
    const taskId = await waitingTask();
    await server.command(sessionId, 'pause');
    await server.restart();
    await decide('over REST', taskId, 'approve');

    expect((await server.store.findTask(taskId)).status).toBe('completed');
    expect((await server.store.findSession(sessionId)).status).toBe('paused');
  });

  it('S15: the same decision twice is done once and acknowledged each time', async () => {
    const taskId = await waitingTask();
    const message = { ...approve(taskId, 'regenerate'), id: 'c1' };
    client.send(message);
    await author.finishCalls(GOOD_TEXT);
    await taskBecomes('pending_approval');
    client.send(message);
    await client.settle();
    const acks = client.messages.all.flatMap((sent) => (sent.event === 'ack' ? [sent.data] : []));

    expect(acks).toEqual([
      { id: 'c1', ok: true },
      { id: 'c1', ok: true },
    ]);
    expect((await server.store.findTask(taskId)).status).toBe('pending_approval');
  });

  it('S10: a decision about a task that does not wait is refused as invalid_state, on the socket', async () => {
    const taskId = await waitingTask();
    client.send(approve(taskId, 'approve'));
    client.send(approve(taskId, 'approve'));

    expect((await client.messages.next('error')).data.code).toBe('invalid_state');
  });

  it('S10: and with 409 by REST', async () => {
    const taskId = await waitingTask();
    await decide('over REST', taskId, 'approve');
    const payload = { action: 'approve' };
    const { statusCode } = await server.app.inject({
      method: 'POST',
      url: `/tasks/${taskId}/approve`,
      payload,
    });

    expect(statusCode).toBe(409);
  });

  it('S10: a decision about a task of another session is refused as unknown_task', async () => {
    const taskId = await waitingTask();
    const { id: other } = await server.createSession();
    client.send({ event: 'approve', session_id: other, data: { task_id: taskId, action: 'approve' } });

    expect((await client.messages.next('error')).data.code).toBe('unknown_task');
    expect((await server.store.findTask(taskId)).status).toBe('pending_approval');
  });

  it('S10: an action that is none is refused, and named', async () => {
    const taskId = await waitingTask();
    client.send({ event: 'approve', session_id: sessionId, data: { task_id: taskId, action: 'burn' } });

    expect((await client.messages.next('error')).data.message).toMatch(/"data\.action"/);
  });
});
