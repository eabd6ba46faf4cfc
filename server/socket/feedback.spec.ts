import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('Feedback', (kind) => {
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

  const say = (message: string, taskId?: string): void => {
    client.send({ event: 'feedback', session_id: sessionId, data: { message, task_id: taskId } });
  };
  const post = (payload: object) =>
    server.app.inject({ method: 'POST', url: `/sessions/${sessionId}/feedback`, payload });
  const taskIdAt = async (position: number): Promise<string> =>
    (await server.store.tasksOf(sessionId))[position]?.task_id ?? '';
  const published = (message: string) =>
    client.messages.next(
      'session.update',
      ({ data }) => data.feedback?.some((word) => word.message === message) ?? false,
    );

  it('S21: during a task it reaches the drafts begun after it', async () => {
    await server.command(sessionId, 'start');
    const first = await author.nextCall();
    say('  More rain.  ');
    await published('More rain.');
    first.finish(GOOD_TEXT);
    const briefs = [first.brief, ...(await author.finishCalls(GOOD_TEXT, GOOD_TEXT))];

    expect(briefs.map(({ feedback }) => feedback)).toEqual([[], ['More rain.'], ['More rain.']]);
  });

  it('S21: one with a task_id reaches that task alone', async () => {
    await server.command(sessionId, 'start');
    const first = await author.nextCall();
    say('Fewer people.', await taskIdAt(1));
    await published('Fewer people.');
    first.finish(GOOD_TEXT);
    const briefs = await author.finishCalls(GOOD_TEXT, GOOD_TEXT);

    expect(briefs.map(({ feedback }) => feedback)).toEqual([['Fewer people.'], []]);
  });

  it('S21: by REST it is answered with the session, and reaches the author', async () => {
    const response = await post({ message: 'More rain.' });
    await server.command(sessionId, 'start');
    const { brief } = await author.nextCall();

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(
      jasmine.objectContaining({ feedback: [jasmine.objectContaining({ message: 'More rain.' })] }),
    );
    expect(brief.feedback).toEqual(['More rain.']);
  });

  it('S21: is refused for a completed session, on the socket and by REST', async () => {
    await server.command(sessionId, 'start');
    await author.finishCalls(...Array.from({ length: 6 }, () => GOOD_TEXT));
    await client.messages.next('session.update', ({ data }) => data.status === 'completed');
    say('Too late.');

    expect((await client.messages.next('error')).data.code).toBe('invalid_state');
    expect((await post({ message: 'Too late.' })).statusCode).toBe(409);
  });

  it('S21: about a task that is not of the session it is refused, on the socket and by REST', async () => {
    say('Hello.', 'nothing');

    expect((await client.messages.next('error')).data.code).toBe('unknown_task');
    expect((await post({ message: 'Hello.', task_id: 'nothing' })).statusCode).toBe(404);
  });

  for (const [what, message] of [
    ['empty', '   '],
    ['longer than 1,000 characters', 'x'.repeat(1001)],
  ] as const) {
    it(`S10: a word that is ${what} is refused, and named`, async () => {
      say(message);

      expect((await client.messages.next('error')).data.message).toMatch(/"data\.message"/);
      expect((await post({ message })).statusCode).toBe(422);
    });
  }

  it('S15: the same word twice is kept once', async () => {
    await client.connect(['commands']);
    const message = { event: 'feedback', session_id: sessionId, data: { message: 'More rain.' }, id: 'c1' };
    client.send(message);
    client.send(message);
    await client.messages.next('ack');
    const { data } = await client.messages.next('ack');

    expect(data.ok).toBeTrue();
    expect((await server.store.findSession(sessionId)).feedback).toHaveSize(1);
  });
});
