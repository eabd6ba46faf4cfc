import type { ServerEvent, Session, TaskChunk } from '@creative-autogpt/protocol';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor, type ScriptedCall } from '../testing/scripted-author';
import { GOOD_TEXT } from '../testing/sample-texts';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

/** More than one step of a replay. */
const MANY = 100;

type Reading = 'snapshot' | 'textOf';
type Moment = 'before' | 'after';

/** At which point of an answer something else happens: before or after its store or board is read. */
const POINTS: readonly (readonly [Moment, Reading])[] = [
  ['before', 'snapshot'],
  ['after', 'snapshot'],
  ['before', 'textOf'],
  ['after', 'textOf'],
];

describeOnEachBackend('While an answer is prepared', (kind) => {
  let author: ScriptedAuthor;
  let server: TestServer;
  let session: Session;
  let client: SocketClient;
  let witness: SocketClient;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    server = await TestServer.open(kind, author);
    session = await server.createSession();
    client = await server.openClient();
    await client.connect(['streaming', 'resume']);
    witness = await openStreamingClient();
  });

  afterEach(async () => {
    await server.close();
  });

  const openStreamingClient = async (): Promise<SocketClient> => {
    const opened = await server.openClient();
    await opened.connect(['streaming']);
    opened.send({ event: 'subscribe', session_id: session.id });
    await opened.messages.next('subscribed');
    return opened;
  };
  /** Has something happen once, right before or after the next reading of this kind. */
  const happenAt = (moment: Moment, reading: Reading, happen: () => Promise<unknown>): void => {
    let hasHappened = false;
    const meanwhile = async <T>(read: () => Promise<T>): Promise<T> => {
      if (hasHappened) {
        return read();
      }
      hasHappened = true;
      if (moment === 'before') {
        await happen();
        return read();
      }
      const value = await read();
      await happen();
      return value;
    };
    const { store } = server;
    const { board } = server.backend;
    if (reading === 'snapshot') {
      const read = store.snapshot.bind(store);
      spyOn(store, 'snapshot').and.callFake((id) => meanwhile(() => read(id)));
    } else {
      const read = board.textOf.bind(board);
      spyOn(board, 'textOf').and.callFake((owner, id) => meanwhile(() => read(owner, id)));
    }
  };
  /** Renames the session so often, and waits until everybody else was told. */
  const rename = async (...titles: string[]): Promise<void> => {
    for (const title of titles) {
      await server.renameSession(session.id, title);
      await witness.messages.next('session.update', ({ data }) => data.title === title);
    }
  };
  const subscribe = async () => {
    client.send({ event: 'subscribe', session_id: session.id });
    return (await client.messages.next('subscribed')).data;
  };
  const titlesIn = (messages: readonly ServerEvent[]): (string | undefined)[] =>
    messages.flatMap((message) => (message.event === 'session.update' ? [message.data.title] : []));
  const chunksOf = (reader: SocketClient): TaskChunk['data'][] =>
    reader.messages.all.flatMap((message) => (message.event === 'task.chunk' ? [message.data] : []));

  for (const [moment, reading] of POINTS) {
    it(`subscribed stands exactly where its state was read, with updates ${moment} ${reading}`, async () => {
      happenAt(moment, reading, () => rename('One', 'Two', 'Three'));
      const data = await subscribe();
      await client.settle();
      const messages = client.messages.all;
      const position = messages.findIndex(({ event }) => event === 'subscribed');
      const before = titlesIn(messages.slice(0, position));
      const after = titlesIn(messages.slice(position));

      expect([...before, ...after]).toEqual(['One', 'Two', 'Three']);
      expect(data?.session.title).toBe(before.at(-1) ?? session.title);
      expect(client.offsets).toEqual([2, 3, 4]);
    });

    it(`S5: the text so far and the chunks after it are the text, with a chunk ${moment} ${reading}`, async () => {
      await server.command(session.id, 'start');
      const call = await author.nextCall();
      call.write('It was ');
      await witness.messages.next('task.chunk');
      happenAt(moment, reading, async () => {
        call.write('a dark ');
        await witness.messages.next('task.chunk');
      });
      const data = await subscribe();
      call.write('night.');
      await client.messages.next('task.chunk', (chunk) => chunk.data.text.endsWith('night.'));
      const parts = [data?.writing, ...chunksOf(client)];

      expect(parts.map((part) => part?.text).join('')).toBe('It was a dark night.');
      expect(chunksOf(client).map(({ index }) => index)).toEqual(
        chunksOf(client).map((_, position) => (data?.writing?.index ?? 0) + position),
      );
    });

    it(`S5: no chunk is missing or late when the next task begins ${moment} ${reading}`, async () => {
      await server.command(session.id, 'start');
      const first = await author.nextCall();
      first.write(GOOD_TEXT);
      await witness.messages.next('task.chunk');
      let second: ScriptedCall | undefined;
      happenAt(moment, reading, async () => {
        first.finish(' The end.');
        second = await author.nextCall();
        second.write('It was ');
        await witness.messages.next('task.chunk');
      });
      await subscribe();
      second?.write('a dark night.');
      for (const reader of [client, witness]) {
        await reader.messages.next('task.chunk', ({ data }) => data.text.endsWith('night.'));
      }

      expect(textsAsFollowed(client)).toEqual(textsAsFollowed(witness));
      expect(lateChunks(client)).toEqual([]);
    });
  }

  it('S13: what happens during each step of a replay follows it, in order, each once', async () => {
    const { epoch } = await server.store.journal.end();
    for (let time = 0; time < MANY; time += 1) {
      await server.renameSession(session.id, 'again');
    }
    const { journal } = server.store;
    const read = journal.read.bind(journal);
    let steps = 0;
    spyOn(journal, 'read').and.callFake(async (after, limit) => {
      const entries = await read(after, limit);
      steps += 1;
      if (steps <= 5) {
        await server.renameSession(session.id, 'meanwhile');
      }
      return entries;
    });
    const returned = await server.openClient();
    const { recovered } = await returned.connect(['resume'], { epoch, offset: 0 });
    await returned.settle();

    expect(recovered).toBeTrue();
    expect(steps).toBeGreaterThan(3);
    expect(returned.offsets).toEqual(
      Array.from({ length: returned.offsets.length }, (_, index) => index + 1),
    );
    expect(returned.offsets.at(-1)).toBe((await journal.end()).offset);
  });

  it('a client that cannot subscribe, because the store is away, hears of everything all the same', async () => {
    spyOn(server.store, 'snapshot').and.rejectWith(new Error('the store is away'));
    client.send({ event: 'subscribe', session_id: session.id });
    await client.messages.next('error');
    await rename('One');
    await client.settle();

    expect(titlesIn(client.messages.all)).toEqual(['One']);
  });

  it('a client that cannot resume, because the journal is away, hears of everything all the same', async () => {
    const away = spyOn(server.store.journal, 'end').and.rejectWith(new Error('the journal is away'));
    client.send({ event: 'connect', data: { capabilities: ['resume'] } });
    await client.messages.next('error');
    away.and.callThrough();
    await rename('One');
    await client.settle();

    expect(titlesIn(client.messages.all)).toEqual(['One']);
  });
});

/**
 * What a client has of each task that was still being written when it last heard of it, put together as it
 * came.
 */
function textsAsFollowed({ messages }: SocketClient): string[] {
  const texts = new Map<string, string>();
  for (const message of messages.all) {
    if (message.event === 'subscribed' && message.data?.writing) {
      texts.set(message.data.writing.task_id, message.data.writing.text);
    } else if (message.event === 'task.chunk') {
      const { task_id: taskId, index, text } = message.data;
      texts.set(taskId, (index === 0 ? '' : (texts.get(taskId) ?? '…')) + text);
    } else if (message.event === 'task.update' && message.data.status === 'completed') {
      texts.delete(message.data.task_id);
    }
  }
  return [...texts.values()];
}

/** Chunks of a task that came after the client had been told that it was completed. */
function lateChunks({ messages }: SocketClient): ServerEvent[] {
  const completed = new Set<string>();
  return messages.all.filter((message) => {
    if (message.event === 'task.update' && message.data.status === 'completed') {
      completed.add(message.data.task_id);
    }
    return message.event === 'task.chunk' && completed.has(message.data.task_id);
  });
}
