import { CLUSTERED, type Place } from '../testing/backends';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TestServer } from '../testing/test-server';

type Call = Awaited<ReturnType<ScriptedAuthor['nextCall']>>;

describe('Several processes', () => {
  let place: Place;
  let author: ScriptedAuthor;
  let one: TestServer;
  let other: TestServer;
  let id: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    place = await CLUSTERED.makePlace();
    one = await TestServer.open(place, author);
    other = await TestServer.open(place, author);
    ({ id } = await one.createSession());
  });

  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await place.remove();
  });

  it('S24: a client hears of what another process has changed', async () => {
    const client = await other.openClient();
    await client.connect([]);
    await one.renameSession(id, 'The storm');
    const update = await client.messages.next('session.update');

    expect(update.data.title).toBe('The storm');
  });

  it('S24: a client that loses its process resumes at another and has missed nothing', async () => {
    const before = await one.openClient();
    const { epoch = '', offset = 0 } = await before.connect(['resume']);
    await one.renameSession(id, 'The storm');
    before.socket.terminate();
    await one.renameSession(id, 'The calm');
    const after = await other.openClient();
    const connected = await after.connect(['resume'], { epoch, offset });
    const missed = [await after.messages.next('session.update'), await after.messages.next('session.update')];

    expect(connected.recovered).toBeTrue();
    expect(missed.map(({ data: { title } }) => title)).toEqual(['The storm', 'The calm']);
    expect(missed.map(({ id: offsetOf }) => offsetOf)).toEqual([offset + 1, offset + 2]);
  });

  it('S24: a command given to one steers a session that runs in another', async () => {
    const { call, runner, watcher } = await startedSession();
    call.write('It was night.');
    await watcher.command(id, 'pause');
    call.finish(GOOD_TEXT);
    await ended(runner);

    const tasks = await one.store.tasksOf(id);
    expect((await other.store.findSession(id)).status).toBe('paused');
    expect(tasks.map(({ status }) => status)).toEqual(tasks.map(() => 'pending'));
  });

  it('S15: a command with an id is done once, whichever process it comes to', async () => {
    const [first, second] = [await one.openClient(), await other.openClient()];
    await Promise.all([first.connect(['commands']), second.connect(['commands'])]);
    for (const client of [first, second]) {
      client.send({ event: 'feedback', session_id: id, id: 'once', data: { message: 'darker' } });
    }
    const acks = [await first.messages.next('ack'), await second.messages.next('ack')];

    expect(acks.map(({ data: { ok } }) => ok)).toEqual([true, true]);
    expect((await one.store.findSession(id)).feedback?.length).toBe(1);
  });

  it('S5: the text that one process writes is read at another, from where it was', async () => {
    const { call, watcher } = await startedSession();
    const client = await watcher.openClient();
    await client.connect(['streaming']);
    call.write('It was night.');
    client.send({ event: 'subscribe', session_id: id });
    const { data } = await client.messages.next('subscribed');
    const soFar = data?.writing?.text ?? '';
    call.write(' The rain fell.');
    let text = soFar;
    while (text !== 'It was night. The rain fell.') {
      text += (await client.messages.next('task.chunk')).data.text;
    }

    expect(text).toBe('It was night. The rain fell.');
  });

  it('S24: a session goes on elsewhere when its process ends', async () => {
    const { runner, watcher } = await startedSession();
    await runner.closeSockets();
    await runner.engine.close();
    const again = await author.nextCall();

    expect(again.brief.taskType).toBe('outline');
    expect((await watcher.store.findSession(id)).status).toBe('running');
  });

  it('stores nothing of a run that another process has taken over', async () => {
    const { call } = await startedSession();
    await one.store.change(id, (work) => work.claimRun(work.launch ?? -1, 'process-1'));
    call.finish(GOOD_TEXT);
    await ended(one);
    await ended(other);

    expect((await one.store.tasksOf(id)).map(({ status }) => status)).not.toContain('completed');
  });

  /** Starts the session at one process, and says which of them runs it. */
  async function startedSession(): Promise<{ call: Call; runner: TestServer; watcher: TestServer }> {
    await one.command(id, 'start');
    const call = await author.nextCall();
    return one.engine.runCount > 0
      ? { call, runner: one, watcher: other }
      : { call, runner: other, watcher: one };
  }
});

/** Settles once nothing runs there. */
async function ended(server: TestServer): Promise<void> {
  while (server.engine.runCount > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
