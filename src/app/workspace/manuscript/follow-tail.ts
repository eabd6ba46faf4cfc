import {
  afterNextRender,
  afterRenderEffect,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  input,
  linkedSignal,
  untracked,
} from '@angular/core';

/** Distance from the end, in pixels, that still counts as being at the end. */
const NEAR_END = 32;

/**
 * Keeps the end of a growing text in view. Scrolling up stops it, so that a reader can stay with a passage; coming
 * back to the end, or {@link resume}, starts it again. Goes on the element that scrolls.
 */
@Directive({
  selector: '[appFollowTail]',
  exportAs: 'followTail',
  host: { '(scroll)': 'scrolled()' },
})
export class FollowTail {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** Which text is shown; another one begins at its own end if it grows, at its beginning otherwise. */
  readonly appFollowTail = input.required<string | null>();
  /** Whether the text grows. */
  readonly growing = input.required<boolean>();

  private readonly follows = linkedSignal({ source: this.appFollowTail, computation: () => true });
  private lastTop = 0;

  /** Whether the end is kept in view while the text grows. */
  readonly following = this.follows.asReadonly();

  constructor() {
    const resized = new ResizeObserver(() => {
      this.keepUp();
    });
    afterNextRender(() => {
      Array.from(this.element.children).forEach((child) => {
        resized.observe(child);
      });
    });
    inject(DestroyRef).onDestroy(() => {
      resized.disconnect();
    });
    afterRenderEffect(() => {
      this.appFollowTail();
      untracked(() => {
        this.element.scrollTop = 0;
        this.lastTop = 0;
        this.keepUp();
      });
    });
  }

  /** Goes to the end and stays there. */
  resume(): void {
    this.follows.set(true);
    this.keepUp();
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (scrollHeight - clientHeight - scrollTop < NEAR_END) {
      this.follows.set(true);
    } else if (scrollTop < this.lastTop) {
      this.follows.set(false);
    }
    this.lastTop = scrollTop;
  }

  private keepUp(): void {
    if (this.growing() && this.follows()) {
      this.element.scrollTop = this.element.scrollHeight;
    }
  }
}
