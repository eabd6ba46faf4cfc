import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import {
  type AbstractControl,
  NonNullableFormBuilder,
  ReactiveFormsModule,
  type ValidationErrors,
} from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { ShowOnDirtyErrorStateMatcher } from '@angular/material/core';
import { MatDialog } from '@angular/material/dialog';
import { MatError, MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { type FailureWords, failureWords } from '../../platform/i18n/failure-text';
import { injectTranslate } from '../../platform/i18n/translate';
import { answerOf } from '../../platform/rest/answered';
import { toRestFailure } from '../../platform/rest/rest-failure';
import { isUnauthenticated } from '../../platform/rest/unauthenticated';
import { SessionsApi } from '../../data/sessions/sessions-api';
import { Icon } from '../../platform/theme/icon';
import { FailureDetails } from '../../ui/failure-details';
import { SignIn } from '../../platform/sign-in/sign-in';
import { injectTokenCheck } from '../../platform/sign-in/token-check';

/** How somebody who runs the server makes a token. */
const COMMAND = 'npm run token -- --sub NAME';

/** Asks for a token, and goes back to where the person was once the server accepts it. */
@Component({
  selector: 'app-sign-in-page',
  imports: [FailureDetails, Icon, MatButton, MatError, MatFormField, MatInput, MatLabel, ReactiveFormsModule],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  readonly #check = injectTokenCheck();
  readonly #builder = inject(NonNullableFormBuilder);
  private readonly field = viewChild.required<ElementRef<HTMLElement>>('field');

  protected readonly t = injectTranslate();
  protected readonly signIn = inject(SignIn);
  protected readonly command = COMMAND;
  protected readonly form = this.#builder.group({
    token: this.#builder.control('', tokenErrors),
    keep: this.#builder.control(false),
  });
  /**
   * An empty field shows no error when it loses the focus: the error would push the button away under the
   * pointer.
   */
  protected readonly errorState = new ShowOnDirtyErrorStateMatcher();
  protected readonly submitting = signal(false);
  protected readonly failure = signal<FailureWords | null>(null);

  constructor() {
    // A dialog would cover this page, and can do nothing before the sign-in.
    inject(MatDialog).closeAll();
    afterNextRender(() => this.field().nativeElement.focus());
    if (!this.signIn.needed()) {
      void this.#leaveIfServed(inject(SessionsApi));
    }
  }

  protected async submit(): Promise<void> {
    if (this.form.invalid || this.submitting()) {
      this.field().nativeElement.focus();
      return;
    }
    const { token, keep } = this.form.getRawValue();
    this.submitting.set(true);
    this.failure.set(null);
    try {
      await this.#check(toToken(token));
      this.signIn.accept(toToken(token), keep);
    } catch (error) {
      const failure = toRestFailure(error);
      if (isUnauthenticated(failure)) {
        this.form.controls.token.setErrors({ refused: true });
        this.field().nativeElement.focus();
      } else {
        this.failure.set(failureWords(failure, this.t));
      }
    } finally {
      this.submitting.set(false);
    }
  }

  /** A person may open this page by its address although the server needs no sign-in. */
  async #leaveIfServed(api: SessionsApi): Promise<void> {
    const served = await answerOf(api.overview()).then(
      () => true,
      () => false,
    );
    if (served) {
      this.signIn.leave();
    }
  }
}

/** A token as it was meant: terminals break long lines. */
function toToken(typed: string): string {
  return typed.replace(/\s+/g, '');
}

/** Nothing but what a header may carry (RFC 6750). */
function tokenErrors({ value }: AbstractControl<string>): ValidationErrors | null {
  const token = toToken(value);
  if (token === '') {
    return { required: true };
  }
  return /^[\w.~+/-]+=*$/.test(token) ? null : { malformed: true };
}
