import {
  ApplicationRef,
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  type DoCheck,
  inject,
  NgZone,
} from '@angular/core';
import { Counts } from './counts';

/** Shows the counts, and how often Angular looked at them. */
@Component({
  selector: 'app-root',
  template: `
    <button type="button" (click)="counts.ask(5, 5)">Ten ticks</button>
    <button type="button" (click)="counts.ask(0, 500)">A batch of ticks</button>
    <dl>
      <dt>status</dt>
      <dd id="status">{{ counts.status }}</dd>
      <dt>subscribed</dt>
      <dd id="subscribed">{{ counts.subscribed }}</dd>
      <dt>handled</dt>
      <dd id="handled">{{ counts.handled }}</dd>
      <dt>streamed</dt>
      <dd id="streamed">{{ counts.streamed }}</dd>
      <dt>framed</dt>
      <dd id="framed">{{ counts.framed }}</dd>
      <dt>answer</dt>
      <dd id="answer">{{ counts.answer }}</dd>
      <dt>gaps</dt>
      <dd id="gaps">{{ counts.gaps }}</dd>
      <dt>errors</dt>
      <dd id="errors">{{ counts.errors }}</dd>
      <dt>stable</dt>
      <dd id="stable">{{ stable }}</dd>
      <dt>rounds</dt>
      <dd id="rounds">{{ rounds }}</dd>
    </dl>
  `,
  changeDetection: ChangeDetectionStrategy.Eager,
})
export class Page implements DoCheck {
  readonly #application = inject(ApplicationRef);
  readonly #detector = inject(ChangeDetectorRef);
  /** With zone.js Angular looks after every callback inside of its zone; without it, when it is told to. */
  readonly #isZoneless = !NgZone.isInAngularZone();

  protected readonly counts = new Counts(() => this.#changed());
  protected rounds = 0;
  protected stable = 'not yet';

  constructor() {
    void this.#noteStability();
  }

  ngDoCheck(): void {
    this.rounds += 1;
  }

  async #noteStability(): Promise<void> {
    await this.#application.whenStable();
    this.stable = 'yes';
    this.#changed();
  }

  #changed(): void {
    if (this.#isZoneless) {
      this.#detector.markForCheck();
    }
  }
}
