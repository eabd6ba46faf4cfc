import { CLOSE_CODES } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

interface BadFrame {
  readonly name: string;
  readonly frame: string | Buffer;
  readonly code: string;
  /** What the message for people must name. */
  readonly says: RegExp;
}

const BAD_FRAMES: readonly BadFrame[] = [
  { name: 'is not JSON', frame: '{"event":', code: 'invalid_json', says: /JSON/ },
  { name: 'is empty', frame: '', code: 'invalid_json', says: /JSON/ },
  { name: 'is an array', frame: '[]', code: 'invalid_message', says: /object/ },
  { name: 'is null', frame: 'null', code: 'invalid_message', says: /object/ },
  { name: 'has no event', frame: '{}', code: 'invalid_message', says: /"event"/ },
  { name: 'has an event of a wrong type', frame: '{"event":7}', code: 'invalid_message', says: /"event"/ },
  { name: 'has an unknown event', frame: '{"event":"dance"}', code: 'unknown_event', says: /dance/ },
  { name: 'has an event of the server', frame: '{"event":"pong"}', code: 'unknown_event', says: /pong/ },
  { name: 'lacks the session', frame: '{"event":"start"}', code: 'invalid_message', says: /"session_id"/ },
  {
    name: 'has a session id of a wrong type',
    frame: '{"event":"subscribe","session_id":7}',
    code: 'invalid_message',
    says: /"session_id"/,
  },
  {
    name: 'subscribes to half a character',
    frame: '{"event":"subscribe","session_id":"\\ud800"}',
    code: 'invalid_message',
    says: /"session_id"/,
  },
  {
    name: 'starts half a character',
    frame: '{"event":"start","session_id":"\\ud800"}',
    code: 'invalid_message',
    says: /"session_id"/,
  },
  {
    name: 'has half a character as its id',
    frame: '{"event":"start","session_id":"any","id":"\\ud800"}',
    code: 'invalid_message',
    says: /"id"/,
  },
  {
    name: 'has a nested field of a wrong type',
    frame: '{"event":"connect","data":{"capabilities":["streaming",7]}}',
    code: 'invalid_message',
    says: /"data\.capabilities\.1"/,
  },
  {
    name: 'has too many values',
    frame: JSON.stringify({ event: 'ping', data: Array(256).fill(1) }),
    code: 'invalid_message',
    says: /at most 256 values/,
  },
  {
    name: 'has too many values inside each other',
    frame: `{"event":"ping","data":${'['.repeat(32)}${']'.repeat(32)}}`,
    code: 'invalid_message',
    says: /at most 32 levels/,
  },
  { name: 'is binary', frame: Buffer.from('{"event":"ping"}'), code: 'invalid_message', says: /binary/ },
];

describeOnEachBackend('Messages that are refused', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    client = await server.openClient();
  });

  afterEach(async () => {
    await server.close();
  });

  for (const { name, frame, code, says } of BAD_FRAMES) {
    it(`S10: a frame that ${name} gets one error, and later messages are served`, async () => {
      client.sendFrame(frame);
      const { data } = await client.messages.next('error');
      await client.settle();

      expect(data.code).toBe(code);
      expect(data.message).toMatch(says);
      expect(client.messages.all).toHaveSize(2);
    });
  }

  it('S10: a command the status does not allow is refused and changes nothing', async () => {
    const { id } = await server.createSession();
    client.send({ event: 'pause', session_id: id });
    const error = await client.messages.next('error');

    expect([error.session_id, error.data.code]).toEqual([id, 'invalid_state']);
    expect((await server.store.findSession(id)).status).toBe('created');
  });

  it('S10: the second of two starts is refused', async () => {
    const { id } = await server.createSession();
    client.send({ event: 'start', session_id: id });
    client.send({ event: 'start', session_id: id });

    expect((await client.messages.next('error')).data.code).toBe('invalid_state');
    await author.nextCall();
  });

  it('S10: what the server itself cannot do is answered as internal', async () => {
    spyOn(server.engine, 'obey').and.rejectWith(new Error('the disk is full'));
    client.send({ event: 'start', session_id: 'any' });
    const { data } = await client.messages.next('error');
    await client.settle();

    expect(data.code).toBe('internal');
    expect(data.message).not.toContain('disk');
  });

  it('S11: a frame of the largest size is served', async () => {
    const envelope = JSON.stringify({ event: 'ping', padding: '' });
    client.sendFrame(JSON.stringify({ event: 'ping', padding: 'x'.repeat(65_536 - envelope.length) }));

    await expectAsync(client.messages.next('pong')).toBeResolved();
  });

  for (const [which, fragment] of [
    ['short', ' '],
    ['empty', ''],
  ] as const) {
    it(`S11: a frame in more than 64 ${which} fragments closes its socket with 1008`, async () => {
      client.socket.send('{"event":"ping"}', { fin: false });
      for (let index = 0; index < 64; index += 1) {
        client.socket.send(fragment, { fin: false });
      }

      expect((await client.closed).code).toBe(CLOSE_CODES.refused);
    });
  }

  it('S11: a frame that is larger once it is decompressed closes its socket with 1009', async () => {
    client.sendFrame('x'.repeat(10_000_000));

    expect(client.socket.extensions).toContain('permessage-deflate');
    expect((await client.closed).code).toBe(CLOSE_CODES.tooLarge);
  });

  it('S11: a larger frame closes its socket with 1009 and touches no other', async () => {
    const other = await server.openClient();
    client.sendFrame('x'.repeat(65_537));
    const { code } = await client.closed;
    await other.settle();

    expect(code).toBe(CLOSE_CODES.tooLarge);
    expect(other.messages.all).toEqual([{ event: 'pong' }]);
  });
});
