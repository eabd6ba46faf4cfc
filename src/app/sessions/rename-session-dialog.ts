import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatError, MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { Session } from '@creative-autogpt/protocol';
import { type FailureWords, failureWords } from '../i18n/failure-text';
import { injectTranslate } from '../i18n/translate';
import { toRestFailure } from '../rest/rest-failure';
import { FailureDetails } from '../theme/failure-details/failure-details';
import { LIMITS, TITLE_VALIDATORS } from './session-form';
import { SessionsStore } from './sessions-store';

/** Asks for another title of a session and renames it. */
@Component({
  selector: 'app-rename-session-dialog',
  imports: [
    FailureDetails,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatError,
    MatFormField,
    MatInput,
    MatLabel,
    ReactiveFormsModule,
  ],
  template: `
    <form novalidate [formGroup]="form" (ngSubmit)="submit()">
      <h2 mat-dialog-title>{{ t('sessions.renameTitle') }}</h2>
      <mat-dialog-content>
        @if (failure(); as words) {
          <div class="failure" role="alert">
            <p>{{ words.text }}</p>
            <app-failure-details [text]="words.details" />
          </div>
        }
        <mat-form-field appearance="outline">
          <mat-label>{{ t('newSession.name') }}</mat-label>
          <input matInput formControlName="title" required cdkFocusInitial autocomplete="off" />
          @if (form.controls.title.hasError('required')) {
            <mat-error>{{ t('newSession.nameRequired') }}</mat-error>
          } @else {
            <mat-error>{{ t('newSession.nameTooLong', { max: limits.title }) }}</mat-error>
          }
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>{{ t('common.cancel') }}</button>
        <button matButton="filled" type="submit" disabledInteractive [disabled]="submitting()">
          {{ t('common.save') }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-form-field {
      width: 100%;
      margin-top: 8px;
    }

    .failure {
      color: var(--mat-sys-error);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RenameSessionDialog {
  private readonly sessions = inject(SessionsStore);
  private readonly session = inject<Session>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<RenameSessionDialog>>(MatDialogRef);
  private readonly builder = inject(NonNullableFormBuilder);

  protected readonly t = injectTranslate();
  protected readonly limits = LIMITS;
  protected readonly form = this.builder.group({
    title: this.builder.control(this.session.title, TITLE_VALIDATORS),
  });
  protected readonly submitting = signal(false);
  protected readonly failure = signal<FailureWords | null>(null);

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.submitting()) {
      return;
    }
    this.submitting.set(true);
    this.failure.set(null);
    try {
      await this.sessions.rename(this.session.id, this.form.getRawValue().title.trim());
      this.dialog.close();
    } catch (error) {
      this.failure.set(failureWords(toRestFailure(error), this.t));
      this.submitting.set(false);
    }
  }
}
