import { AsyncPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  inject,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet, type Routes } from '@angular/router';
import {
  defineEvent,
  defineHandlers,
  provideRealtime,
  type RealtimeExtension,
  RealtimeOutbox,
  RealtimeQuarantine,
  RealtimeRecovery,
  RealtimeService,
  RealtimeStats,
  RealtimeSubscriptions,
  withAuth,
  withBatches,
  withCompression,
  withHeartbeat,
  withOutbox,
  withPageLifecycle,
  withQuarantine,
  withRecovery,
  withRetry,
  withSharedConnection,
  withStats,
  withSubscriptions,
} from '@creative-autogpt/realtime';
import { withMessagePack } from '@creative-autogpt/realtime/msgpack';

const ROUTES: Routes = [
  { path: '', loadComponent: async () => (await import('./page')).Page },
  {
    path: 'inspector',
    loadComponent: async () => (await import('@creative-autogpt/realtime/inspector')).RtInspector,
  },
];

const taskUpdate = defineEvent('task.update');
const injectHandlers = defineHandlers({ onTaskUpdate: taskUpdate });

/** The application with every capability; MessagePack and the inspector are loaded by those who use them. */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, RouterOutlet],
  template: `{{ status() }} {{ (latest | async)?.event }}
    <button type="button" (click)="pause()">Pause</button>
    <router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  readonly #realtime = inject(RealtimeService);
  readonly #outbox = inject(RealtimeOutbox);
  readonly #stats = inject(RealtimeStats);
  protected readonly quarantine = inject(RealtimeQuarantine);
  protected readonly recovery = inject(RealtimeRecovery);
  readonly #subscriptions = inject(RealtimeSubscriptions);
  protected readonly status = this.#realtime.status;
  protected readonly latest = this.#realtime.on(taskUpdate, { conflate: ({ id }) => id });

  constructor() {
    injectHandlers({ onTaskUpdate: () => this.#stats.snapshot() });
    this.#subscriptions.to({ room: 'lobby' }).pipe(takeUntilDestroyed()).subscribe();
  }

  protected pause(): void {
    this.#outbox.send({ event: 'pause' });
  }
}

/** Loaded by those who ask for it. */
async function inspector(): Promise<readonly RealtimeExtension[]> {
  if (!location.hash.includes('inspect')) {
    return [];
  }
  const { withInspector } = await import('@creative-autogpt/realtime/inspector');
  return [withInspector({ enabled: 'always' })];
}

await bootstrapApplication(Root, {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(ROUTES),
    provideRealtime(
      { url: 'ws://localhost:8000/ws/ws' },
      withRetry(),
      withHeartbeat(),
      withPageLifecycle(),
      withRecovery(),
      withSharedConnection(),
      withOutbox(),
      withAuth({ token: () => 'token' }),
      withBatches(),
      withCompression(),
      withMessagePack(),
      withQuarantine(),
      withStats(),
      withSubscriptions({
        subscribe: (topic) => ({ event: 'subscribe', ...topic }),
        unsubscribe: (topic) => ({ event: 'unsubscribe', ...topic }),
      }),
      ...(await inspector()),
    ),
  ],
});
