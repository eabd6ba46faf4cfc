import { ChangeDetectionStrategy, Component } from '@angular/core';
import { Shell } from './platform/shell/shell';

/** The root of the application. */
@Component({
  selector: 'app-root',
  imports: [Shell],
  template: `<app-shell />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {}
