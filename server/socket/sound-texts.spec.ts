import type { Session } from '@creative-autogpt/protocol';
import { decode } from '@msgpack/msgpack';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const HALF = '\ud800';
const JSON_BODY = { 'content-type': 'application/json' };

/** All texts in a message. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describeOnEachBackend('Texts that no store or client can take', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let json: SocketClient;
  let packed: SocketClient;
  /** What was sent in MessagePack, as bytes. */
  let frames: Buffer[];

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    json = await server.openClient();
    packed = await server.openClient({ messagePack: true });
    frames = [];
    packed.socket.on('message', (frame: Buffer) => frames.push(frame));
  });

  afterEach(async () => {
    await server.close();
  });

  const post = async (payload: string | object): Promise<Session> => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/sessions',
      payload,
      headers: JSON_BODY,
    });
    return response.json();
  };

  it('are made sound in what people send, alike in both formats', async () => {
    const goal = { requirement: `a${HALF}\u0000b\tc\nd`, notes: [{ [`k${HALF}`]: `v\u001b[2J${HALF}` }] };
    const { id } = await post({ title: ` x${HALF}y\n\u202egpj\u0007 `, goal });
    const sound = { requirement: 'a\ufffdb\tc\nd', notes: [{ 'k\ufffd': 'v[2J\ufffd' }] };
    const [told, toldPacked] = await Promise.all([
      json.messages.next('session.update'),
      packed.messages.next('session.update'),
    ]);
    const stored = await server.store.findSession(id);

    expect(told.data.title).toBe('x\ufffdy gpj');
    expect(told.data.goal).toEqual(sound);
    expect(toldPacked).toEqual(told);
    expect([stored.title, stored.goal]).toEqual(['x\ufffdy gpj', sound]);
  });

  it('are made sound in what people tell the author', async () => {
    const { id } = await server.createSession();
    json.send({ event: 'feedback', session_id: id, data: { message: `more${HALF} \u001bsea` } });
    const { data } = await json.messages.next(
      'session.update',
      (update) => update.data.feedback?.length === 1,
    );

    expect(data.feedback?.map(({ message }) => message)).toEqual(['more\ufffd sea']);
  });

  it('are refused where a word to the author would have nothing to see', async () => {
    const { id } = await server.createSession();
    json.send({ event: 'feedback', session_id: id, data: { message: '\u200b\u0007' } });

    expect((await json.messages.next('error')).data.message).toMatch(/"data\.message".*visible character/);
  });

  it('are sound in every byte when they were stored before they had to be', async () => {
    const { id } = await server.createSession({ title: `old${HALF}` });
    await packed.connect(['resume']);
    packed.send({ event: 'subscribe', session_id: id });
    const { data } = await packed.messages.next('subscribed');
    const { epoch, offset } = await packed.connect(['resume']);
    const late = await server.openClient({ messagePack: true });
    late.socket.on('message', (frame: Buffer) => frames.push(frame));
    await late.connect(['resume'], { epoch: epoch ?? '', offset: (offset ?? 1) - 1 });
    const replayed = await late.messages.next('session.update');

    expect(data?.session.title).toBe('old\ufffd');
    expect(replayed.data.title).toBe('old\ufffd');
  });

  it('are not repeated in a refusal', async () => {
    packed.send({ event: `${'x'.repeat(97)}😀😀` });
    packed.send({ event: `dance${HALF}` });
    await packed.settle();

    expect(packed.messages.all.map(({ event }) => event)).toEqual(['error', 'error', 'pong']);
    expect(
      frames.map((frame) => stringsOf(decode(frame)).every((text) => !/\p{Surrogate}/u.test(text))),
    ).not.toContain(false);
  });

  it('are no longer than they need to be in a refusal', async () => {
    json.send({ event: 'approve', session_id: 'x', data: { task_id: 'x', action: 'y'.repeat(60_000) } });

    expect((await json.messages.next('error')).data.message.length).toBeLessThan(301);
  });

  it('refuse a time that JSON has no word for', async () => {
    json.sendFrame('{"event":"ping","data":{"ts":1e400}}');

    expect((await json.messages.next('error')).data.message).toMatch(/"data\.ts"/);
  });
});
