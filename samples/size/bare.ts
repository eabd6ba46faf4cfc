import { AsyncPipe } from '@angular/common';
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

/**
 * What the other two are measured against: what `ng new` makes, what every application uses of Angular, and something
 * that is loaded on demand, as routes are. For its sake the bundler cuts the application in two, which costs it more than
 * a kilobyte, with or without the library.
 */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, Part, RouterOutlet],
  template: `{{ status() }} {{ latest | async }} <router-outlet />
    @defer (on interaction) {
      <app-part [words]="[status()]" />
    } @placeholder {
      <button type="button">More</button>
    }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  protected readonly status = signal('none').asReadonly();
  protected readonly latest = of('nothing');
}

await bootstrapApplication(Root, { providers: [provideBrowserGlobalErrorListeners(), provideRouter([])] });
