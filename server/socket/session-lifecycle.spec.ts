import type { ServerEvent } from '@creative-autogpt/protocol';
import { LOCAL_OWNER } from '../http/auth/owner';
import { AuthorError } from '../authors/author';
import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT, POOR_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const TITLES = ['Outline', 'Characters', 'World', 'Chapter 1 draft', 'Chapter 1 revision', 'Synopsis'];

/** One line for each message: what it is about and what it says. */
function summary(message: ServerEvent): string {
  if (message.event === 'session.update') {
    return `session ${message.data.status} ${message.data.completed_tasks}`;
  }
  if (message.event === 'task.update') {
    return `${message.data.title ?? ''} ${message.data.status}`;
  }
  if (message.event === 'progress.update') {
    return `progress ${message.data.completed_tasks}/${message.data.total_tasks}`;
  }
  return message.event;
}

describeOnEachBackend('The life of a session', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;
  let sessionId: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    sessionId = (await server.createSession()).id;
    client = await server.openClient();
  });

  afterEach(async () => {
    await server.close();
  });

  const command = (event: 'start' | 'pause' | 'resume' | 'stop'): void => {
    client.send({ event, session_id: sessionId });
  };
  const summaries = (): string[] => client.messages.all.map(summary);

  it('S3: runs from its plan to its end, telling everything in order', async () => {
    command('start');
    await author.finishCalls(...TITLES.map(() => GOOD_TEXT));
    await client.messages.next('session.update', ({ data }) => data.status === 'completed');

    expect(summaries()).toEqual([
      'session running 0',
      ...TITLES.map((title) => `${title} pending`),
      'progress 0/6',
      'session running 0',
      ...TITLES.flatMap((title, done) => [
        `${title} running`,
        `progress ${done}/6`,
        `${title} completed`,
        `progress ${done + 1}/6`,
        `session running ${done + 1}`,
      ]),
      'session completed 6',
    ]);
  });

  it('S3: a completed task comes with its text and evaluation, and says who wrote it', async () => {
    command('start');
    await author.finishCalls(GOOD_TEXT);
    const { data } = await client.messages.next(
      'task.update',
      (message) => message.data.status === 'completed',
    );

    expect(data.result).toBe(GOOD_TEXT);
    expect(data.evaluation?.passed).toBeTrue();
    expect([data.llm_provider, data.llm_model, data.total_tokens]).toEqual(['scripted', 'script-1', 30]);
  });

  it('names the running task in the progress', async () => {
    command('start');
    await author.nextCall();
    const { data } = await client.messages.next(
      'progress.update',
      (message) => message.data.running_tasks === 1,
    );

    expect(data.current_task).toBe('Outline');
  });

  it('gives the author every finished text of the session', async () => {
    command('start');
    await author.finishCalls(GOOD_TEXT, GOOD_TEXT);
    const { brief } = await author.nextCall();

    expect(brief.earlier.map(({ title }) => title)).toEqual(['Outline', 'Characters']);
  });

  it('S6: a pause puts the running task back, and nothing is written until it is resumed', async () => {
    command('start');
    const call = await author.nextCall();
    call.write('It was');
    command('pause');
    await client.messages.next('session.update', ({ data }) => data.status === 'paused');
    call.finish(' a dark night.');
    await client.settle();

    expect(summaries().slice(-4)).toEqual(['Outline pending', 'progress 0/6', 'session paused 0', 'pong']);
    expect(call.signal.aborted).toBeTrue();
  });

  it('S6: a resumed session begins the task again and no completed one', async () => {
    command('start');
    await author.finishCalls(GOOD_TEXT);
    await author.nextCall();
    command('pause');
    command('resume');
    const { brief } = await author.nextCall();

    expect([brief.taskType, brief.attempt]).toEqual(['characters', 0]);
  });

  it('S6: pausing and resuming at once leaves one attempt under way', async () => {
    command('start');
    const abandoned = await author.nextCall();
    command('pause');
    command('resume');
    const resumed = await author.nextCall();
    abandoned.finish('abandoned');
    resumed.finish(GOOD_TEXT);
    const { data } = await client.messages.next(
      'task.update',
      (message) => message.data.status === 'completed',
    );

    expect(data.result).toBe(GOOD_TEXT);
  });

  it('S7: a stopped session goes on from its first unfinished task when it is started again', async () => {
    command('start');
    await author.finishCalls(GOOD_TEXT);
    await author.nextCall();
    command('stop');
    await client.messages.next('session.update', ({ data }) => data.status === 'stopped');
    command('start');
    const { brief } = await author.nextCall();

    expect(brief.taskType).toBe('characters');
    expect(summaries().filter((line) => line === 'Outline completed')).toHaveSize(1);
  });

  it('S7: a paused session can be stopped', async () => {
    command('start');
    command('pause');
    command('stop');
    await client.messages.next('session.update', ({ data }) => data.status === 'stopped');

    expect((await server.store.findSession(sessionId)).status).toBe('stopped');
  });

  it('S8: a failed attempt is tried again', async () => {
    command('start');
    (await author.nextCall()).fail();
    (await author.nextCall()).finish(GOOD_TEXT);
    const { data } = await client.messages.next(
      'task.update',
      (message) => message.data.status === 'completed',
    );

    expect([data.title, data.failed_attempts, data.retry_count]).toEqual(['Outline', 1, 1]);
  });

  it('S8: a task that failed three times fails the session and says why', async () => {
    command('start');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      (await author.nextCall()).fail(new AuthorError('The model is asleep.'));
    }
    const { data } = await client.messages.next('task.update', (message) => message.data.status === 'failed');
    const session = await client.messages.next(
      'session.update',
      (message) => message.data.status === 'failed',
    );
    await client.settle();

    expect([data.error, data.failed_attempts]).toEqual(['The model is asleep.', 3]);
    expect(session.data.error).toBe('The model is asleep.');
    expect(summaries().at(-2)).toBe('session failed 0');
  });

  it('S8: starting a failed session tries the failed task again', async () => {
    command('start');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      (await author.nextCall()).fail();
    }
    await client.messages.next('session.update', ({ data }) => data.status === 'failed');
    command('start');
    await author.finishCalls(...TITLES.map(() => GOOD_TEXT));
    const { data } = await client.messages.next(
      'session.update',
      (message) => message.data.status === 'completed',
    );

    expect([data.completed_tasks, data.failed_tasks, data.error]).toEqual([6, 0, null]);
  });

  it('shows the rewrite of a text that failed its evaluation', async () => {
    command('start');
    await author.finishCalls(POOR_TEXT);
    await author.nextCall();
    const { data } = await client.messages.next(
      'session.update',
      (message) => message.data.is_rewriting === true,
    );

    expect([data.rewrite_attempt, data.rewrite_task_type]).toEqual([1, 'outline']);
  });

  it('S12: deleting a running session stops it, and session.deleted is its last message', async () => {
    command('start');
    const call = await author.nextCall();
    await server.engine.delete(LOCAL_OWNER, sessionId);
    call.finish(GOOD_TEXT);
    await client.messages.next('session.deleted');
    await client.settle();

    expect(call.signal.aborted).toBeTrue();
    expect(summaries().slice(-2)).toEqual(['session.deleted', 'pong']);
  });

  it('S12: a deleted session is unknown', async () => {
    await server.engine.delete(LOCAL_OWNER, sessionId);
    command('start');

    expect((await client.messages.next('error')).data.code).toBe('unknown_session');
  });
});
