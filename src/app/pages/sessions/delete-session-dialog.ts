import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Session } from '@creative-autogpt/protocol';
import { AwayNote } from '../../ui/away-note';
import { injectTranslate } from '../../platform/i18n/translate';
import { toRestFailure } from '../../platform/rest/rest-failure';
import { ServerReach } from '../../platform/rest/server-reach';
import { type FailureWords, failureWords } from '../../platform/i18n/failure-text';
import { FailureDetails } from '../../ui/failure-details';
import { SessionsStore } from '../../data/sessions/sessions-store';

/** Deletes a session once the person has confirmed it. Closes with true when it is deleted. */
@Component({
  selector: 'app-delete-session-dialog',
  imports: [
    AwayNote,
    FailureDetails,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 mat-dialog-title>{{ t('sessions.deleteTitle', { title: session.title }) }}</h2>
    <mat-dialog-content>
      <p>{{ t('sessions.deleteText') }}</p>
      @if (session.status === 'running') {
        <p>{{ t('sessions.deleteRunning') }}</p>
      }
      @if (failure(); as words) {
        <div class="failure" role="alert">
          <p>{{ words.text }}</p>
          <app-failure-details [text]="words.details" />
        </div>
      }
      <app-away-note text="away.action" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close cdkFocusInitial>{{ t('common.cancel') }}</button>
      <button
        class="delete"
        matButton="filled"
        type="button"
        disabledInteractive
        [disabled]="deleting() || reach.away()"
        (click)="delete()"
      >
        {{ t('sessions.delete') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    @use '@angular/material' as mat;

    .delete {
      @include mat.button-overrides(
        (
          filled-container-color: var(--mat-sys-error),
          filled-label-text-color: var(--mat-sys-on-error),
        )
      );
    }

    app-away-note,
    .failure {
      margin-top: 12px;
    }

    .failure {
      color: var(--mat-sys-error);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeleteSessionDialog {
  readonly #sessions = inject(SessionsStore);
  readonly #dialog = inject<MatDialogRef<DeleteSessionDialog, true>>(MatDialogRef);

  protected readonly t = injectTranslate();
  protected readonly session = inject<Session>(MAT_DIALOG_DATA);
  protected readonly deleting = signal(false);
  protected readonly reach = inject(ServerReach);
  protected readonly failure = signal<FailureWords | null>(null);

  protected async delete(): Promise<void> {
    if (this.deleting() || this.reach.away()) {
      return;
    }
    this.deleting.set(true);
    this.failure.set(null);
    try {
      await this.#sessions.remove(this.session.id);
      this.#dialog.close(true);
    } catch (error) {
      this.failure.set(failureWords(toRestFailure(error), this.t));
      this.deleting.set(false);
    }
  }
}
