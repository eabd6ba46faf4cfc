import { ChangeDetectionStrategy, Component, input, signal } from '@angular/core';

/** What nearly every application uses of Angular and the inspector does too: without it, it would count as the library's. */
@Component({
  selector: 'app-part',
  template: `
    @for (word of words(); track word) {
      @if (word) {
        <input [value]="word" (input)="changed($event)" />
      }
    }
  `,
  styles: ':host { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Part {
  readonly words = input<readonly string[]>([]);
  protected readonly event = signal<Event | null>(null);

  protected changed(event: Event): void {
    this.event.set(event);
  }
}
