import { CLOSE_CODES } from '@creative-autogpt/protocol';
import { decode, encode } from '@msgpack/msgpack';
import { describeOnEachBackend } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('MessagePack', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    client = await server.openClient({ messagePack: true });
  });

  afterEach(async () => {
    await server.close();
  });

  it('S19: is spoken with a client that offers it, in binary frames', async () => {
    const binary: boolean[] = [];
    client.socket.on('message', (_frame, isBinary) => binary.push(isBinary));
    await client.connect(['streaming']);
    await client.settle();

    expect(client.socket.protocol).toBe('creative-autogpt.v1+msgpack');
    expect(binary).toEqual([true, true]);
  });

  it('S19: says the same as JSON', async () => {
    const other = await server.openClient();
    const { id } = await server.createSession();
    for (const reader of [client, other]) {
      await reader.connect(['streaming', 'resume']);
      reader.send({ event: 'subscribe', session_id: id });
      await reader.messages.next('subscribed');
    }
    await server.command(id, 'start');
    await author.finishCalls(GOOD_TEXT);
    await author.nextCall();
    await client.settle();
    await other.settle();

    const events = (reader: SocketClient): unknown[] =>
      reader.messages.all.filter(({ event }) => event !== 'connected');

    expect(client.messages.all.some(({ event }) => event === 'task.chunk')).toBeTrue();
    expect(events(client)).toEqual(events(other));
  });

  it('S19: a client that offers other subprotocols only is given none', async () => {
    const refused = new Promise((resolve) => {
      void SocketClient.open(`ws://${server.host}/ws/ws`, {
        headers: { 'sec-websocket-protocol': 'telepathy' },
      })
        .then((other) => {
          const { protocol } = other.socket;
          other.socket.terminate();
          resolve(protocol);
        })
        .catch(resolve);
    });

    await expectAsync(refused).toBeResolvedTo('');
  });

  const badFrames: Record<string, [frame: string | Uint8Array, says: RegExp]> = {
    'is cut off': [encode({ event: 'ping' }).subarray(0, 5), /not MessagePack/],
    'has something after its end': [
      Buffer.concat([encode({ event: 'ping' }), Buffer.of(1)]),
      /not MessagePack/,
    ],
    'is empty': [new Uint8Array(), /not MessagePack/],
    'has a byte that means nothing': [Buffer.of(0xc1), /not MessagePack/],
    'is full of arrays inside each other': [new Uint8Array(65_536).fill(0x91), /at most 32 levels/],
    'claims more values than there may be': [
      Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff),
      /at most 256 values/,
    ],
    'is a number': [encode(7), /object/],
    'is an array': [encode(['ping']), /object/],
    'is text': ['{"event":"ping"}', /binary/],
  };
  for (const [which, [frame, says]] of Object.entries(badFrames)) {
    it(`S10: a frame that ${which} gets one error, and later messages are served`, async () => {
      client.sendFrame(frame);
      const { data } = await client.messages.next('error');
      await client.settle();

      expect(data.code).toBe('invalid_message');
      expect(data.message).toMatch(says);
      expect(client.messages.all).toHaveSize(2);
    });
  }

  it('S11: a frame that is too large closes the socket with 1009', async () => {
    client.sendFrame(encode({ event: 'ping', padding: 'x'.repeat(65_536) }));

    expect((await client.closed).code).toBe(CLOSE_CODES.tooLarge);
  });

  it('is shorter than JSON', async () => {
    const message = { event: 'session.update', session_id: 'x', data: await server.createSession() };

    expect(decode(encode(message))).toEqual(message);
    expect(encode(message).length).toBeLessThan(JSON.stringify(message).length);
  });
});
