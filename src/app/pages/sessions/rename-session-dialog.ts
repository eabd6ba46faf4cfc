import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatError, MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_TITLE_LENGTH, type Session } from '@creative-autogpt/protocol';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tap } from 'rxjs';
import { AwayNote } from '../../ui/away-note';
import { Drafts } from '../../platform/sign-in/drafts';
import { injectTranslate } from '../../platform/i18n/translate';
import { toRestFailure } from '../../platform/rest/rest-failure';
import { ServerReach } from '../../platform/rest/server-reach';
import { type FailureWords, failureWords } from '../../platform/i18n/failure-text';
import { FailureDetails } from '../../ui/failure-details';
import { TITLE_VALIDATORS } from './session-form';
import { SessionsStore } from '../../data/sessions/sessions-store';

/** Asks for another title of a session and renames it. */
@Component({
  selector: 'app-rename-session-dialog',
  imports: [
    AwayNote,
    FailureDetails,
    MatButton,
    MatDialogActions,
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
            <mat-error>{{ t('newSession.nameTooLong', { max: maxTitleLength }) }}</mat-error>
          }
        </mat-form-field>
        <app-away-note text="away.action" />
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" (click)="cancel()">{{ t('common.cancel') }}</button>
        <button
          matButton="filled"
          type="submit"
          disabledInteractive
          [disabled]="submitting() || reach.away()"
        >
          {{ t('common.save') }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }

    .failure {
      color: var(--mat-sys-error);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RenameSessionDialog {
  readonly #sessions = inject(SessionsStore);
  readonly #session = inject<Session>(MAT_DIALOG_DATA);
  readonly #dialog = inject<MatDialogRef<RenameSessionDialog>>(MatDialogRef);
  readonly #builder = inject(NonNullableFormBuilder);
  readonly #drafts = inject(Drafts);
  readonly #subject = `title of ${this.#session.id}`;

  protected readonly t = injectTranslate();
  protected readonly maxTitleLength = MAX_TITLE_LENGTH;
  protected readonly form = this.#builder.group({
    title: this.#builder.control(this.#drafts.of(this.#subject) || this.#session.title, TITLE_VALIDATORS),
  });
  protected readonly submitting = signal(false);
  protected readonly reach = inject(ServerReach);
  protected readonly failure = signal<FailureWords | null>(null);

  constructor() {
    const keep = rxMethod<string>(
      tap((title) => this.#drafts.keep(this.#subject, title === this.#session.title ? '' : title)),
    );
    keep(this.form.controls.title.valueChanges);
  }

  /** Drops what was typed; whatever else closes the dialog leaves it for the next time. */
  protected cancel(): void {
    this.#drafts.drop(this.#subject);
    this.#dialog.close();
  }

  protected async submit(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.submitting() || this.reach.away()) {
      return;
    }
    this.submitting.set(true);
    this.failure.set(null);
    try {
      await this.#sessions.rename(this.#session.id, this.form.getRawValue().title.trim());
      this.#drafts.drop(this.#subject);
      this.#dialog.close();
    } catch (error) {
      this.failure.set(failureWords(toRestFailure(error), this.t));
      this.submitting.set(false);
    }
  }
}
