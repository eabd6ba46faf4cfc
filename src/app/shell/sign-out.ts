import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectTranslate } from '../i18n/translate';
import { SignIn } from '../sign-in/sign-in';
import { Icon } from '../theme/icon/icon';

/** Signs out, where somebody has signed in. */
@Component({
  selector: 'app-sign-out',
  imports: [Icon],
  template: `
    @if (signIn.signedIn() && !signIn.needed()) {
      <button
        type="button"
        [title]="t('shell.signOut')"
        [attr.aria-label]="t('shell.signOut')"
        (click)="signIn.signOut()"
      >
        <app-icon name="signOut" />
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }

    button {
      display: grid;
      flex: none;
      place-items: center;
      width: 2.25rem;
      height: 2.25rem;
      border: 1px solid var(--app-line);
      border-radius: 50%;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.875rem;
      cursor: pointer;
    }

    button:hover {
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignOut {
  protected readonly t = injectTranslate();
  protected readonly signIn = inject(SignIn);
}
