import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { markdownBlocks } from './markdown-blocks';

/**
 * The text of a task, set for reading. While it grows only its last block is drawn anew, so that a reader's
 * selection and place stay; Angular sanitizes every block.
 */
@Component({
  selector: 'app-task-text',
  template: `
    @for (block of blocks(); track $index) {
      <div class="block" [innerHTML]="block"></div>
    }
  `,
  styleUrl: './task-text.scss',
  host: { '[class.growing]': 'growing()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskText {
  readonly text = input.required<string>();
  /** Whether more is being written at the end. */
  readonly growing = input(false);

  protected readonly blocks = computed(() => markdownBlocks(this.text()));
}
