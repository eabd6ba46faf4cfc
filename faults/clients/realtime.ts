// The published library is compiled partially; this page, which has no build of its own, links it as it
// loads.
import '@angular/compiler';
import { createApplication } from '@angular/platform-browser';
import {
  provideRealtime,
  RealtimeOutbox,
  RealtimeRecovery,
  RealtimeService,
  RealtimeSubscriptions,
  withHeartbeat,
  withOutbox,
  withPageLifecycle,
  withRecovery,
  withRetry,
  withSharedConnection,
  withSubscriptions,
} from '@creative-autogpt/realtime';
import { tap } from 'rxjs';
import { LatestEvents } from '../latest-events';
import { type ClientOptions, Collector } from './client-under-faults';

/** Longer than a run; a request that expires would prove nothing. */
const REQUEST_TIMEOUT = 3_600_000;
/** Milliseconds: the suite closes tabs, and a leader that is only busy must not be overthrown. */
const LEADER_TIMEOUT = 5_000;

const SUBSCRIPTIONS = withSubscriptions({
  subscribe: (topic) => ({ event: 'subscribe', ...topic }),
  unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
});

const collector = new Collector();
const latest = new LatestEvents();
let outbox: RealtimeOutbox;

async function connect({ url, shared = false, heartbeat = 500, session }: ClientOptions): Promise<void> {
  const { injector } = await createApplication({
    providers: [
      provideRealtime(
        { url, capabilities: session === undefined ? [] : ['streaming'] },
        withRetry({ initialDelay: 50, maxDelay: 300, maxAttempts: Infinity }),
        withHeartbeat({ interval: heartbeat, timeout: heartbeat }),
        withRecovery(),
        withOutbox({ requestTimeout: REQUEST_TIMEOUT }),
        withPageLifecycle(),
        ...(shared ? [withSharedConnection({ name: 'faults', leaderTimeout: LEADER_TIMEOUT })] : []),
        ...(session === undefined ? [] : [SUBSCRIPTIONS]),
      ),
    ],
  });
  const realtime = injector.get(RealtimeService);
  outbox = injector.get(RealtimeOutbox);
  injector
    .get(RealtimeRecovery)
    .gaps.pipe(tap((gap) => collector.gaps.push(gap)))
    .subscribe();
  realtime.messages
    .pipe(
      tap((message) => {
        if (typeof message['id'] === 'number') {
          collector.receive(message['id']);
          latest.add(message);
        } else {
          collector.receiveUnnumbered(`${message.event} ${String(message['session_id'])}`);
        }
      }),
    )
    .subscribe();
  if (session !== undefined) {
    injector.get(RealtimeSubscriptions).to({ session_id: session }).subscribe();
  }
  realtime.connect();
}

window.client = {
  connect: (options) => void connect(options),
  last: () => collector.last(),
  command: (session) => {
    outbox.request('start', { session_id: session }).then(
      () => collector.acknowledged.push(session),
      (error: unknown) => collector.failures.push(`${session}: ${String(error)}`),
    );
  },
  report: () => collector.report(latest.state),
};
