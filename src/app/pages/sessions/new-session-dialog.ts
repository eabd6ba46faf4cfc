import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatButtonToggle, MatButtonToggleGroup } from '@angular/material/button-toggle';
import { MatDialogActions, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog';
import { MatError, MatFormField, MatHint, MatLabel, MatSuffix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { GOAL_LIMITS, MAX_TITLE_LENGTH, type Session } from '@creative-autogpt/protocol';
import { AboutAuthor } from './about-author';
import { Author } from '../../data/author';
import { AwayNote } from '../../ui/away-note';
import { type FailureWords, failureWords } from '../../platform/i18n/failure-text';
import { Languages } from '../../platform/i18n/languages';
import { injectTranslate } from '../../platform/i18n/translate';
import { Notifications } from '../../data/notifications/notifications';
import { toRestFailure } from '../../platform/rest/rest-failure';
import { ServerReach } from '../../platform/rest/server-reach';
import { injectSessionDraft, injectSessionForm, toCreateSession } from './session-form';
import { FailureDetails } from '../../ui/failure-details';
import { SessionsStore } from '../../data/sessions/sessions-store';

/** Asks what to write, then creates the session and starts it. Closes with the session. */
@Component({
  selector: 'app-new-session-dialog',
  imports: [
    FailureDetails,
    AboutAuthor,
    AwayNote,
    MatButton,
    MatButtonToggle,
    MatButtonToggleGroup,
    MatDialogActions,
    MatDialogContent,
    MatDialogTitle,
    MatError,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    MatSuffix,
    ReactiveFormsModule,
  ],
  templateUrl: './new-session-dialog.html',
  styleUrl: './new-session-dialog.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NewSessionDialog {
  readonly #sessions = inject(SessionsStore);
  readonly #notifications = inject(Notifications);
  readonly #dialog = inject<MatDialogRef<NewSessionDialog, Session>>(MatDialogRef);

  protected readonly t = injectTranslate();
  protected readonly author = inject(Author);
  protected readonly limits = GOAL_LIMITS;
  protected readonly maxTitleLength = MAX_TITLE_LENGTH;
  protected readonly form = injectSessionForm(inject(Languages).current());
  readonly #dropDraft = injectSessionDraft(this.form);
  protected readonly submitting = signal(false);
  protected readonly reach = inject(ServerReach);
  protected readonly failure = signal<FailureWords | null>(null);

  /** Drops what was typed; whatever else closes the dialog leaves it for the next time. */
  protected cancel(): void {
    this.#dropDraft();
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
      const session = await this.#sessions.create(toCreateSession(this.form));
      this.#dropDraft();
      await this.#start(session);
      this.#dialog.close(session);
    } catch (error) {
      this.failure.set(failureWords(toRestFailure(error), this.t));
      this.submitting.set(false);
    }
  }

  /** The session exists even if it cannot be started now; its workspace offers to start it again. */
  async #start(session: Session): Promise<void> {
    try {
      await this.#sessions.command(session.id, 'start');
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
    }
  }
}
