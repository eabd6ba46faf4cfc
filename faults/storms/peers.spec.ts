import type { Browser } from '@playwright/test';
import { table } from '../../bench/table';
import { openChromium, openClient, received, reportOf } from '../chromium';
import { Pages } from '../clients/pages';
import { makeFaults, NETWORK_FAULTS } from '../network/fault';
import { FaultProxy } from '../network/fault-proxy';
import { JournalServer } from '../servers/journal-server';
import { writeSteadily } from '../servers/load';
import { openSocketIoServer, type SocketIoServer } from '../servers/socket-io-server';
import { SeededRandom } from '../seeded-random';
import { SEED, SHORT } from '../settings';
import { EXACT, tally } from '../tally';
import { storm } from './storm';

const FAULTS = SHORT ? 4 : 60;
/** Milliseconds for the last events to arrive when everything works again. */
const TAIL = 5_000;

describe(`the client beside its peers, through ${FAULTS} network faults of seed ${SEED}`, () => {
  let browser: Browser;
  let pages: Pages;
  let server: JournalServer;
  let io: SocketIoServer;
  let proxies: FaultProxy[];

  beforeAll(async () => {
    [browser, pages, server] = await Promise.all([
      openChromium(),
      Pages.open(['realtime', 'socket-io', 'rxjs']),
      JournalServer.open(),
    ]);
    io = await openSocketIoServer(server.log);
    proxies = await Promise.all([
      FaultProxy.open(() => server.port),
      FaultProxy.open(() => io.port),
      FaultProxy.open(() => server.port),
    ]);
  }, 30_000);

  afterAll(async () => {
    proxies.forEach((proxy) => proxy.close());
    pages.close();
    await Promise.all([browser.close(), server.kill(), io.close()]);
  });

  it('is exact; what the others lost and doubled is printed', async () => {
    const { log } = server;
    const clients = ['realtime', 'socket-io', 'rxjs'];
    const tabs = await Promise.all(
      clients.map((name, index) => {
        const scheme = name === 'socket-io' ? 'http' : 'ws';
        const url = `${scheme}://127.0.0.1:${proxies[index]?.port ?? 0}`;
        return openClient(browser, pages.url(name), { url });
      }),
    );
    const stop = writeSteadily(log);
    await Promise.all(tabs.map((tab) => received(tab, 1)));

    await storm(makeFaults(new SeededRandom(SEED), FAULTS, NETWORK_FAULTS), server, proxies);
    const calm = log.offset;
    await Promise.all(tabs.map((tab) => received(tab, calm)));
    stop();
    // What a peer does not have by then counts as lost; the client itself must have it.
    await Promise.allSettled(tabs.map((tab) => received(tab, log.offset, TAIL)));

    const tallies = await Promise.all(
      tabs.map(async (tab) => tally((await reportOf(tab)).received, log.offset)),
    );
    const rows = tallies.map(({ lost, doubled, outOfOrder }, index) => [
      clients[index] ?? '',
      ...[lost, doubled, outOfOrder].map(String),
    ]);
    const head = [`of ${log.offset} events`, 'lost', 'doubled', 'out of order'];
    process.stdout.write(`\n${table(head, rows)}\n`);
    expect(tallies[0]).toEqual(EXACT);
  }, 400_000);
});
