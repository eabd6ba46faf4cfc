import { AsyncPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  inject,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet } from '@angular/router';
import {
  defineEvent,
  provideRealtime,
  RealtimeService,
  withHeartbeat,
  withRetry,
} from '@creative-autogpt/realtime';
import { Part } from './part';

const taskUpdate = defineEvent('task.update');

/** The application with the core of the library. */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, Part, RouterOutlet],
  template: `{{ status() }} {{ (latest | async)?.event }} <router-outlet />
    @defer (on interaction) {
      <app-part [words]="[status()]" />
    } @placeholder {
      <button type="button">More</button>
    }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  private readonly realtime = inject(RealtimeService);
  protected readonly status = this.realtime.status;
  protected readonly latest = this.realtime.on(taskUpdate);

  constructor() {
    this.realtime.connect();
  }
}

await bootstrapApplication(Root, {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter([]),
    provideRealtime({ url: 'ws://localhost:8000/ws/ws' }, withRetry(), withHeartbeat()),
  ],
});
