import { ChangeDetectionStrategy, ChangeDetectorRef, Component, inject } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { RealtimeService } from '@creative-autogpt/realtime';
import { ConnectionCard } from '../connection/connection-card';
import { PageTitle } from '../i18n/page-title';
import { injectTranslate } from '../i18n/translate';
import type { PageData } from '../page-data';
import { SignIn } from '../sign-in/sign-in';
import { Icon } from '../theme/icon';
import { LanguageSwitch } from './language-switch';
import { SchemeSwitch } from './scheme-switch';
import { SignOut } from './sign-out';

/** The frame around every page: brand, navigation, preferences, and the state of the connection. */
@Component({
  selector: 'app-shell',
  imports: [
    ConnectionCard,
    Icon,
    LanguageSwitch,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    SchemeSwitch,
    SignOut,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Shell {
  readonly #changes = inject(ChangeDetectorRef);

  protected readonly t = injectTranslate();
  protected readonly signIn = inject(SignIn);
  protected readonly title = inject(PageTitle);
  /** The pages that are always within reach. */
  protected readonly destinations = inject(Router).config.flatMap((route) => {
    const { icon }: PageData = route.data ?? {};
    return icon === undefined ? [] : { route, path: `/${route.path ?? ''}`, icon };
  });

  constructor() {
    // Every page is live: the connection opens with the application, and the stores follow it from then on.
    inject(RealtimeService).connect();
  }

  /**
   * Fills in a page that was just put here at once: a frame could come before Angular's next round, and show
   * it empty.
   */
  protected draw(): void {
    this.#changes.detectChanges();
  }

  /** The link keeps its address for people who look at it, but must not become a navigation. */
  protected skipTo(content: HTMLElement, event: Event): void {
    event.preventDefault();
    content.focus();
  }
}
