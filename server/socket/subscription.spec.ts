import type { TaskChunk } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('Subscriptions', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;
  let a: string;
  let b: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    a = (await server.createSession()).id;
    b = (await server.createSession()).id;
    client = await server.openClient();
  });

  afterEach(async () => {
    await server.close();
  });

  /** Which of the sessions a change of both is told about. */
  const heard = async (): Promise<string[]> => {
    await client.settle();
    const before = client.messages.all.length;
    await server.renameSession(a, 'A');
    await server.renameSession(b, 'B');
    await client.settle();
    return client.messages.all.slice(before).flatMap((message) => {
      const renamed = message.event === 'session.update' ? message.session_id : undefined;
      return renamed === a ? ['A'] : renamed === b ? ['B'] : [];
    });
  };

  const openStreamingClient = async (): Promise<SocketClient> => {
    const reader = await server.openClient();
    await reader.connect(['streaming']);
    return reader;
  };
  const chunksOf = ({ messages }: SocketClient): TaskChunk['data'][] =>
    messages.all.flatMap((message) => (message.event === 'task.chunk' ? [message.data] : []));

  it('S4: a client subscribed to one session receives nothing of another', async () => {
    client.send({ event: 'subscribe', session_id: a });

    await expectAsync(heard()).toBeResolvedTo(['A']);
  });

  it('S4: after a bare subscribe it receives both', async () => {
    client.send({ event: 'subscribe', session_id: a });
    client.send({ event: 'subscribe' });

    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('S4: taking back the bare subscribe leaves the named session', async () => {
    client.send({ event: 'subscribe', session_id: a });
    client.send({ event: 'subscribe' });
    client.send({ event: 'unsubscribe' });

    await expectAsync(heard()).toBeResolvedTo(['A']);
  });

  it('S4: after taking both back it receives everything', async () => {
    client.send({ event: 'subscribe', session_id: a });
    client.send({ event: 'subscribe' });
    client.send({ event: 'unsubscribe' });
    client.send({ event: 'unsubscribe', session_id: a });

    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('S4: each is answered, and names the session it was about', async () => {
    client.send({ event: 'subscribe' });
    client.send({ event: 'unsubscribe', session_id: a });

    await expectAsync(client.messages.next('subscribed')).toBeResolvedTo({ event: 'subscribed' });
    await expectAsync(client.messages.next('unsubscribed')).toBeResolvedTo({
      event: 'unsubscribed',
      session_id: a,
    });
  });

  it('S4: one client is not touched by the subscriptions of another', async () => {
    const other = await server.openClient();
    other.send({ event: 'subscribe', session_id: b });
    await other.settle();

    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('S4: the same subscribe again is answered again, and one unsubscribe takes it back', async () => {
    client.send({ event: 'subscribe', session_id: a });
    client.send({ event: 'subscribe', session_id: a });
    await client.messages.next('subscribed');
    await client.messages.next('subscribed');
    client.send({ event: 'unsubscribe', session_id: a });

    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('S4: a new socket is subscribed to nothing, also where it resumes', async () => {
    const { epoch = '', offset = 0 } = await client.connect(['resume']);
    client.send({ event: 'subscribe', session_id: a });
    await client.messages.next('subscribed');
    client.socket.close();
    await client.closed;
    client = await server.openClient();
    const { recovered } = await client.connect(['resume'], { epoch, offset });

    expect(recovered).toBeTrue();
    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('refuses a session that is not there, and subscribes to nothing', async () => {
    client.send({ event: 'subscribe', session_id: 'nowhere' });
    const error = await client.messages.next('error');

    expect([error.session_id, error.data.code]).toEqual(['nowhere', 'unknown_session']);
    await expectAsync(heard()).toBeResolvedTo(['A', 'B']);
  });

  it('S5: the answer holds the session, its progress and no text while nothing is written', async () => {
    client.send({ event: 'subscribe', session_id: a });
    const { data } = await client.messages.next('subscribed');

    expect(data?.session).toEqual(await server.store.findSession(a));
    expect(data?.progress).toEqual(await server.store.progressOf(a));
    expect(data?.writing).toBeNull();
  });

  it('S5: one who comes in the middle receives the text so far and then exactly the rest', async () => {
    const early = await openStreamingClient();
    early.send({ event: 'subscribe', session_id: a });
    early.send({ event: 'start', session_id: a });
    const call = await author.nextCall();
    const third = Math.ceil(GOOD_TEXT.length / 3);
    call.write(GOOD_TEXT.slice(0, third));
    await early.messages.next('task.chunk');

    const late = await openStreamingClient();
    late.send({ event: 'subscribe', session_id: a });
    const writing = (await late.messages.next('subscribed')).data?.writing;
    call.write(GOOD_TEXT.slice(third, 2 * third));
    await late.messages.next('task.chunk');
    call.finish(GOOD_TEXT.slice(2 * third));
    const { data } = await late.messages.next(
      'task.update',
      (message) => message.data.status === 'completed',
    );

    expect(writing?.text).toBe(GOOD_TEXT.slice(0, third));
    expect(chunksOf(late).map(({ index }) => index)).toEqual([1, 2]);
    expect([writing, ...chunksOf(late)].map((part) => part?.text).join('')).toBe(data.result ?? '');
    expect(
      chunksOf(early)
        .map(({ text }) => text)
        .join(''),
    ).toBe(GOOD_TEXT);
  });

  it('S5: there is no text for those who did not agree on it, or did not name the session', async () => {
    client.send({ event: 'subscribe', session_id: a });
    const bare = await openStreamingClient();
    bare.send({ event: 'subscribe' });
    await bare.settle();
    client.send({ event: 'start', session_id: a });
    await author.finishCalls(GOOD_TEXT);
    const isCompleted = ({ data }: { data: { status: string } }): boolean => data.status === 'completed';
    await client.messages.next('task.update', isCompleted);
    await bare.messages.next('task.update', isCompleted);

    expect([...chunksOf(client), ...chunksOf(bare)]).toEqual([]);
  });

  it('S6: the text of an attempt that is begun again starts at chunk 0', async () => {
    const reader = await openStreamingClient();
    reader.send({ event: 'subscribe', session_id: a });
    reader.send({ event: 'start', session_id: a });
    (await author.nextCall()).write('abandoned');
    await reader.messages.next('task.chunk');
    reader.send({ event: 'pause', session_id: a });
    reader.send({ event: 'resume', session_id: a });
    (await author.nextCall()).write('again');
    const { data } = await reader.messages.next('task.chunk');

    expect([data.index, data.text]).toEqual([0, 'again']);
  });
});
