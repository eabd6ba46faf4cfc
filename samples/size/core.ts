import { AsyncPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  inject,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet, type Routes } from '@angular/router';
import {
  defineEvent,
  provideRealtime,
  RealtimeService,
  withHeartbeat,
  withRetry,
} from '@creative-autogpt/realtime';

const ROUTES: Routes = [{ path: '', loadComponent: async () => (await import('./page')).Page }];

const taskUpdate = defineEvent('task.update');

/** The application with the core of the library. */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, RouterOutlet],
  template: `{{ status() }} {{ (latest | async)?.event }} <router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  readonly #realtime = inject(RealtimeService);
  protected readonly status = this.#realtime.status;
  protected readonly latest = this.#realtime.on(taskUpdate);

  constructor() {
    this.#realtime.connect();
  }
}

await bootstrapApplication(Root, {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(ROUTES),
    provideRealtime({ url: 'ws://localhost:8000/ws/ws' }, withRetry(), withHeartbeat()),
  ],
});
