import { ChangeDetectionStrategy, ChangeDetectorRef, Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { RealtimeService } from '@creative-autogpt/realtime';
import { ConnectionCard } from '../connection/connection-card';
import type { TextKey } from '../i18n/dictionary';
import { injectTranslate } from '../i18n/translate';
import { SignIn } from '../sign-in/sign-in';
import { Icon } from '../theme/icon';
import type { IconName } from '../theme/icons';
import { LanguageSwitch } from './language-switch';
import { SchemeSwitch } from './scheme-switch';
import { SignOut } from './sign-out';

interface Destination {
  readonly path: string;
  readonly name: TextKey;
  readonly icon: IconName;
}

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
  private readonly changes = inject(ChangeDetectorRef);

  protected readonly t = injectTranslate();
  protected readonly signIn = inject(SignIn);
  protected readonly destinations: readonly Destination[] = [
    { path: '/', name: 'nav.home', icon: 'home' },
    { path: '/sessions', name: 'nav.sessions', icon: 'sessions' },
    { path: '/tasks', name: 'nav.tasks', icon: 'tasks' },
  ];

  constructor() {
    // Every page is live: the connection opens with the application, and the stores follow it from then on.
    inject(RealtimeService).connect();
  }

  /** Fills in a page that was just put here at once: a frame could come before Angular's next round, and show it empty. */
  protected draw(): void {
    this.changes.detectChanges();
  }

  /** The link keeps its address for people who look at it, but must not become a navigation. */
  protected skipTo(content: HTMLElement, event: Event): void {
    event.preventDefault();
    content.focus();
  }
}
