import { AsyncPipe, NgComponentOutlet } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  provideBrowserGlobalErrorListeners,
  signal,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet } from '@angular/router';
import { of } from 'rxjs';
import { Part } from './part';

/** What `ng new` makes, and what every application uses of Angular: what the other two are measured against. */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, NgComponentOutlet, RouterOutlet],
  template: `{{ status() }} {{ latest | async }} <router-outlet />
    @defer (on interaction) {
      <ng-container *ngComponentOutlet="part; inputs: { words: [status()] }" />
    } @placeholder {
      <button type="button">More</button>
    }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  protected readonly part = Part;
  protected readonly status = signal('none').asReadonly();
  protected readonly latest = of('nothing');
}

await bootstrapApplication(Root, { providers: [provideBrowserGlobalErrorListeners(), provideRouter([])] });
