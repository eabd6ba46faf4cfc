import { ApplicationInitStatus, ChangeDetectionStrategy, Component } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, Router, TitleStrategy } from '@angular/router';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import type { TextKey } from '../i18n/dictionary';
import { PageTitle } from '../i18n/page-title';
import type { PageData } from '../page-data';
import { provideI18n } from '../i18n/provide-i18n';
import { LiveTesting } from '../../testing/live-testing';
import { RELOAD, SignIn } from '../sign-in/sign-in';
import { PageHeading } from '../../ui/page-heading';
import { Shell } from './shell';

@Component({
  selector: 'app-some-page',
  imports: [PageHeading],
  template: `<h1 appPageHeading>{{ name }}</h1>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class SomePage {
  protected readonly name = 'Some page';
}

describe('Shell', () => {
  let live: LiveTesting;
  let reloads: number;
  let fixture: ComponentFixture<Shell>;

  beforeEach(async () => {
    localStorage.clear();
    reloads = 0;
    live = new LiveTesting();
    TestBed.configureTestingModule({
      providers: [
        ...live.providers,
        {
          provide: RUNTIME_CONFIG,
          useValue: { websocketUrl: 'ws://server.test/', restUrl: '', locale: 'zh' },
        },
        provideRouter([
          {
            path: '',
            pathMatch: 'full',
            title: 'titles.home' satisfies TextKey,
            data: { icon: 'home' } satisfies PageData,
            component: SomePage,
          },
          { path: 'sign-in', component: SomePage },
          {
            path: 'tasks',
            title: 'titles.tasks' satisfies TextKey,
            data: { icon: 'tasks' } satisfies PageData,
            component: SomePage,
          },
        ]),
        { provide: TitleStrategy, useExisting: PageTitle },
        provideI18n(),
        { provide: RELOAD, useValue: () => (reloads += 1) },
      ],
    });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    fixture = TestBed.createComponent(Shell);
    await go('/');
  });
  afterEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    document.documentElement.style.colorScheme = '';
  });

  const go = async (url: string): Promise<void> => {
    await TestBed.inject(Router).navigateByUrl(url);
    await fixture.whenStable();
  };
  const all = (selector: string): HTMLElement[] =>
    Array.from(document.querySelectorAll<HTMLElement>(selector));
  const click = async (selector: string): Promise<void> => {
    all(selector)[0]?.click();
    await fixture.whenStable();
  };

  it('opens the connection', () => {
    expect(live.socket.expectConnection().request.url).toBe('ws://server.test/');
  });

  it('lists the pages whose routes have a picture', () => {
    expect(all('nav a').map((link) => [link.getAttribute('href'), link.innerText.trim()])).toEqual([
      ['/', '首页'],
      ['/tasks', '任务'],
    ]);
  });

  it('marks the page that is open', async () => {
    await go('/tasks');

    expect(all('nav [aria-current=page]').map((link) => link.innerText.trim())).toEqual(['任务']);
  });

  it('shows no page that is empty for a frame', async () => {
    await TestBed.inject(Router).navigateByUrl('/tasks');

    expect(all('h1').map((heading) => heading.textContent)).toEqual(['Some page']);
  });

  it('moves the focus to the heading of a page that was navigated to', async () => {
    await go('/tasks');

    expect(document.activeElement).toBe(all('h1')[0] ?? null);
  });

  it('skips to the content', async () => {
    await click('.skip');

    expect(document.activeElement).toBe(all('main')[0] ?? null);
  });

  describe('signing out', () => {
    const signOut = (): HTMLElement[] => all('app-sign-out button');

    it('is not offered where nobody has signed in', () => {
      expect(signOut()).toEqual([]);
    });

    it('is offered to somebody who has', async () => {
      TestBed.inject(SignIn).accept('a', false);
      await fixture.whenStable();
      signOut()[0]?.click();

      expect([TestBed.inject(SignIn).signedIn(), reloads]).toEqual([false, 1]);
    });

    it('leaves nothing to navigate to while somebody has to sign in', async () => {
      TestBed.inject(SignIn).refuse(null);
      await fixture.whenStable();

      expect(all('nav, app-connection-card')).toEqual([]);
    });
  });

  describe('the other language', () => {
    beforeEach(async () => {
      await go('/tasks');
      all('app-language-switch button')[0]?.click();
      while (document.documentElement.lang !== 'en') {
        await new Promise(requestAnimationFrame);
      }
      await fixture.whenStable();
    });

    it('is used at once, in the title too', () => {
      expect(all('nav a').map((link) => link.innerText.trim())).toEqual(['Home', 'Tasks']);
      expect(document.title).toBe('Tasks · Creative AutoGPT');
    });

    it('is remembered', () => {
      expect(localStorage.getItem('creative-autogpt.language')).toBe('en');
    });
  });

  describe('the colours', () => {
    it('are those of the system until one is chosen', () => {
      expect(document.documentElement.style.colorScheme).toBe('light dark');
    });

    it('are dark once dark is chosen, and remembered', async () => {
      await click('app-scheme-switch label:last-of-type input');

      expect(document.documentElement.style.colorScheme).toBe('dark');
      expect(localStorage.getItem('creative-autogpt.color-scheme')).toBe('dark');
    });
  });
});
