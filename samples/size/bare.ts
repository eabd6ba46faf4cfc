import { AsyncPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  provideBrowserGlobalErrorListeners,
  signal,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterOutlet, type Routes } from '@angular/router';
import { of } from 'rxjs';

const ROUTES: Routes = [{ path: '', loadComponent: async () => (await import('./page')).Page }];

/**
 * What the other two are measured against: what `ng new` makes, what every application uses of Angular, and a
 * page that is loaded on demand. For its sake the bundler cuts the application in two, with or without the
 * library.
 */
@Component({
  selector: 'app-root',
  imports: [AsyncPipe, RouterOutlet],
  template: `{{ status() }} {{ latest | async }} <router-outlet />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Root {
  protected readonly status = signal('none').asReadonly();
  protected readonly latest = of('nothing');
}

await bootstrapApplication(Root, {
  providers: [provideBrowserGlobalErrorListeners(), provideRouter(ROUTES)],
});
