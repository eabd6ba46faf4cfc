import {
  afterNextRender,
  afterRenderEffect,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  untracked,
} from '@angular/core';

/** Distance from the end, in pixels, that still counts as being at the end. */
const NEAR_END = 32;

/**
 * Keeps the end of a growing text in view. Scrolling up stops it, so that a reader can stay with a passage;
 * coming back to the end, or {@link resume}, starts it again. Goes on the element that scrolls.
 */
@Directive({
  selector: '[appFollowTail]',
  exportAs: 'followTail',
  host: { '(scroll)': 'scrolled()' },
})
export class FollowTail {
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** Which text is shown; another one begins at its own end if it grows, at its beginning otherwise. */
  readonly appFollowTail = input.required<string | null>();
  /** Whether the text grows. */
  readonly growing = input.required<boolean>();

  readonly #follows = linkedSignal({ source: this.appFollowTail, computation: () => true });
  #lastTop = 0;

  /** Whether the end is kept in view while the text grows. */
  readonly following = this.#follows.asReadonly();
  /** The reader left the end of the text, or came back to it. */
  readonly followingChange = output<boolean>();

  constructor() {
    const resized = new ResizeObserver(() => {
      this.#keepUp();
    });
    afterNextRender(() => {
      Array.from(this.#element.children).forEach((child) => {
        resized.observe(child);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      resized.disconnect();
    });
    afterRenderEffect(() => {
      this.appFollowTail();
      untracked(() => {
        this.#element.scrollTop = 0;
        this.#lastTop = 0;
        this.#keepUp();
      });
    });
  }

  /** Goes to the end and stays there. */
  resume(): void {
    this.#follow(true);
    this.#keepUp();
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    if (scrollHeight - clientHeight - scrollTop < NEAR_END) {
      this.#follow(true);
    } else if (scrollTop < this.#lastTop) {
      this.#follow(false);
    }
    this.#lastTop = scrollTop;
  }

  #follow(follows: boolean): void {
    if (follows !== this.#follows()) {
      this.#follows.set(follows);
      this.followingChange.emit(follows);
    }
  }

  #keepUp(): void {
    if (this.growing() && this.#follows()) {
      this.#element.scrollTop = this.#element.scrollHeight;
    }
  }
}
