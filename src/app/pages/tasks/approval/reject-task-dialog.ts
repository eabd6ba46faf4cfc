import { ChangeDetectionStrategy, Component, computed, effect, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Task } from '@creative-autogpt/protocol';
import { AwayNote } from '../../../ui/away-note';
import { injectTranslate } from '../../../platform/i18n/translate';
import { SessionsStore } from '../../../data/sessions/sessions-store';
import { TasksStore } from '../../../data/tasks/tasks-store';

/** Has the person confirm that a text is dropped. Closes with true when they do. */
@Component({
  selector: 'app-reject-task-dialog',
  imports: [AwayNote, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>{{ t('approval.rejectTitle', { title: task.title }) }}</h2>
    <mat-dialog-content>
      <p>{{ t('approval.rejectText') }}</p>
      @if (pauses()) {
        <p>{{ t('approval.rejectPauses') }}</p>
      }
      <app-away-note text="away.decision" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close cdkFocusInitial>{{ t('common.cancel') }}</button>
      <button class="reject" matButton="filled" type="button" [mat-dialog-close]="true">
        {{ t('approval.reject') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    @use '@angular/material' as mat;

    .reject {
      @include mat.button-overrides(
        (
          filled-container-color: var(--mat-sys-error),
          filled-label-text-color: var(--mat-sys-on-error),
        )
      );
    }

    p + p,
    app-away-note {
      margin-top: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RejectTaskDialog {
  readonly #sessions = inject(SessionsStore);
  readonly #tasks = inject(TasksStore);

  protected readonly t = injectTranslate();
  protected readonly task = inject<Task>(MAT_DIALOG_DATA);
  /** A session that does not run has nothing to pause. */
  protected readonly pauses = computed(
    () => (this.#sessions.sessionOf(this.task.session_id)?.status ?? 'running') === 'running',
  );

  constructor() {
    const dialog = inject<MatDialogRef<RejectTaskDialog, boolean>>(MatDialogRef);
    effect(() => {
      if (this.#tasks.taskOf(this.task.task_id)?.status !== 'pending_approval') {
        // Decided elsewhere.
        dialog.close(false);
      }
    });
  }
}
