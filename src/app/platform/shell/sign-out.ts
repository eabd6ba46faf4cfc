import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectTranslate } from '../i18n/translate';
import { SignIn } from '../sign-in/sign-in';
import { Icon } from '../theme/icon';

/** Signs out, where somebody has signed in. */
@Component({
  selector: 'app-sign-out',
  imports: [Icon],
  template: `
    @if (signIn.signedIn() && !signIn.needed()) {
      <button type="button" [title]="t('shell.signOut')" (click)="signIn.signOut()">
        <app-icon name="signOut" /><span>{{ t('shell.signOut') }}</span>
      </button>
    }
  `,
  styles: `
    :host {
      display: contents;
    }

    button {
      display: flex;
      flex: none;
      gap: 8px;
      align-items: center;
      justify-content: center;
      width: 2.25rem;
      height: 2.25rem;
      border: 1px solid var(--app-line);
      border-radius: 999px;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.875rem;
      cursor: pointer;
    }

    span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    button:hover {
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
    }

    /* A line of its own, where there is room for the words. */
    @media (width >= 1200px) {
      button {
        order: -1;
        width: auto;
        margin-right: 40px;
        padding: 0 14px;
        font-size: 0.8125rem;
      }

      span {
        position: static;
        width: auto;
        height: auto;
        clip-path: none;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignOut {
  protected readonly t = injectTranslate();
  protected readonly signIn = inject(SignIn);
}
