import { delayWhen, ReplaySubject, take } from 'rxjs';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { WritingBoard } from '../ports/writing-board';
import { CLUSTERED, type Place } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

describe('Chunks that are slower than the answers', () => {
  let place: Place;
  let author: ScriptedAuthor;
  let server: TestServer;
  let client: SocketClient;
  let id: string;
  /** Until it emits, chunks are on their way. */
  let arrival: ReplaySubject<void>;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    arrival = new ReplaySubject(1);
    place = await CLUSTERED.makePlace();
    server = await TestServer.open(withLateChunks(place), author);
    ({ id } = await server.createSession());
    client = await server.openClient();
    await client.connect(['streaming']);
  });

  afterEach(async () => {
    await server.close();
    await place.remove();
  });

  const withLateChunks = (punctual: Place): Place => ({
    ...punctual,
    open: async (options) => {
      const backend = await punctual.open(options);
      const { board } = backend;
      const late: WritingBoard = {
        chunksOf: (owner) => board.chunksOf(owner).pipe(delayWhen(() => arrival.pipe(take(1)))),
        textOf: (owner, sessionId) => board.textOf(owner, sessionId),
        open: (where, taskId) => board.open(where, taskId),
        clear: (where) => {
          board.clear(where);
        },
      };
      return { ...backend, board: late };
    },
  });
  /** Settles once this is what is being written. */
  const written = async (text: string): Promise<void> => {
    while ((await server.backend.board.textOf(LOCAL_OWNER, id)).text?.text !== text) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const subscribe = async () => {
    client.send({ event: 'subscribe', session_id: id });
    return (await client.messages.next('subscribed')).data;
  };
  const chunksUntil = async (end: string): Promise<string[]> => {
    await client.messages.next('task.chunk', ({ data }) => data.text.endsWith(end));
    return client.messages.all.flatMap((message) =>
      message.event === 'task.chunk' ? [message.data.text] : [],
    );
  };

  it('S5: are not told again where the answer had them', async () => {
    await server.command(id, 'start');
    const call = await author.nextCall();
    call.write('It was ');
    await written('It was ');
    const data = await subscribe();
    arrival.next();
    call.write('night.');

    expect(data?.writing?.text).toBe('It was ');
    expect(await chunksUntil('night.')).toEqual(['night.']);
  });

  it('S5: are not told of a task that is over in the answer', async () => {
    await server.command(id, 'start');
    const first = await author.nextCall();
    const { board } = server.backend;
    const read = board.textOf.bind(board);
    spyOn(board, 'textOf').and.callFake(async (owner, sessionId) => {
      const text = await read(owner, sessionId);
      first.finish(GOOD_TEXT);
      (await author.nextCall()).write('It was night.');
      return text;
    });
    await subscribe();
    arrival.next();

    expect(await chunksUntil('night.')).toEqual(['It was night.']);
  });
});
