import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TestServer } from '../testing/test-server';

describeOnEachBackend('The handshake', (kind) => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(kind, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  it('S1: a client that sends nothing receives the updates of every session', async () => {
    const client = await server.openClient();
    const first = await server.createSession();
    const second = await server.createSession();

    expect((await client.messages.next('session.update')).session_id).toBe(first.id);
    expect((await client.messages.next('session.update')).session_id).toBe(second.id);
  });

  it('S1: each ping is answered with a pong', async () => {
    const client = await server.openClient();
    client.send({ event: 'ping' });
    client.send({ event: 'ping' });
    await client.messages.next('pong');

    await expectAsync(client.messages.next('pong')).toBeResolvedTo({ event: 'pong' });
  });

  it('says nothing until it is spoken to', async () => {
    const client = await server.openClient();
    await client.settle();

    expect(client.messages.all).toEqual([{ event: 'pong' }]);
  });

  it('S2: agrees on the capabilities both know and makes a client id', async () => {
    const client = await server.openClient();
    client.send({ event: 'connect', data: { capabilities: ['telepathy', 'streaming'] } });
    const { data } = await client.messages.next('connected');

    expect(data.capabilities).toEqual(['streaming']);
    expect(data.client_id).toMatch(/^.{1,100}$/);
  });

  it('S2: a second connect with the same client id is answered with the same', async () => {
    const client = await server.openClient();
    client.send({ event: 'connect' });
    const first = await client.messages.next('connected');
    client.send({ event: 'connect', data: { client_id: first.data.client_id } });

    await expectAsync(client.messages.next('connected')).toBeResolvedTo(first);
  });

  it('S2: fields it does not know pass', async () => {
    const client = await server.openClient();
    client.send({ event: 'connect', weather: 'rain', data: { client_id: 'mara', mood: 'curious' } });

    expect((await client.messages.next('connected')).data.client_id).toBe('mara');
  });

  it('lets pages of the server itself, of this machine and of allowed origins connect', async () => {
    for (const origin of [`http://${server.host}`, 'http://localhost:4200', 'https://app.example']) {
      const client = await server.openClient({ origin });
      await client.settle();

      expect(client.messages.all)
        .withContext(origin)
        .toEqual([{ event: 'pong' }]);
    }
  });

  it('refuses the pages of other origins before the socket opens', async () => {
    await expectAsync(server.openClient({ origin: 'https://elsewhere.example' })).toBeRejectedWithError(
      /403/,
    );
  });

  it('says in the form of all errors why it refuses them', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const response = await fetch(`http://${server.host}/ws/ws`, { headers });

    await expectAsync(response.json()).toBeResolvedTo({
      detail: 'Pages of https://elsewhere.example may not connect to this server.',
      code: 'forbidden',
    });
  });

  it('refuses a socket under the name of another site', async () => {
    const headers = { host: 'elsewhere.example' };

    await expectAsync(server.openClient({ headers })).toBeRejectedWithError(/403/);
  });

  it('tells a request that is no WebSocket to become one', async () => {
    const response = await fetch(`http://${server.host}/ws/ws`);

    expect(response.status).toBe(426);
    await expectAsync(response.json()).toBeResolvedTo({
      detail: 'This address takes a WebSocket only.',
      code: 'upgrade_required',
    });
  });
});
