import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, input, signal, type Type } from '@angular/core';

/** What nearly every application uses of Angular and the inspector does too: without it, it would count as the library's. */
@Component({
  selector: 'app-part',
  imports: [NgComponentOutlet],
  template: `
    @for (word of shown(); track word) {
      <p role="note" [attr.title]="word">Word: {{ word }}</p>
      @if (word) {
        <input [value]="word" (input)="changed($event)" />
      }
    }
    <ng-container *ngComponentOutlet="other()" />
  `,
  styles: ':host { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Part {
  readonly words = input<readonly string[]>([]);
  readonly other = input<Type<unknown> | null>(null);
  protected readonly shown = computed(() => this.words().slice(0, 3));
  protected readonly event = signal<Event | null>(null);

  protected changed(event: Event): void {
    this.event.set(event);
  }
}
