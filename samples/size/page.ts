import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';

@Component({
  selector: 'app-word',
  template: `
    @if (word(); as word) {
      <button type="button" [value]="word" (click)="press()">{{ word }}: {{ presses() }}</button>
    }
  `,
  styles: ':host { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Word {
  readonly word = input.required<string>();
  protected readonly presses = signal(0);

  protected press(): void {
    this.presses.update((presses) => presses + 1);
  }
}

/**
 * What nearly every application uses of Angular and the inspector does too: without it, it would count as the
 * library's.
 */
@Component({
  selector: 'app-page',
  imports: [Word],
  template: `
    <input #typed [attr.aria-label]="label" [value]="text()" (input)="text.set(typed.value)" />
    @for (word of words(); track word) {
      <app-word [word]="word" />
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Page {
  protected readonly label = 'Words';
  protected readonly text = signal('');
  protected readonly words = computed(() => this.text().split(' '));
}
