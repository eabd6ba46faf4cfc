import type { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Location } from '@angular/common';
import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { ApplicationInitStatus } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, TitleStrategy, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { routes } from '../app.routes';
import { RUNTIME_CONFIG } from '../platform/config/runtime-config';
import type { Language } from '../platform/i18n/language';
import { PageTitle } from '../platform/i18n/page-title';
import { provideI18n } from '../platform/i18n/provide-i18n';
import { Notifications } from '../data/notifications/notifications';
import { ShownToasts } from '../data/notifications/testing/shown-toasts';
import { TOASTS } from '../platform/toasts';
import { LiveTesting } from './live-testing';
import { RELOAD, SignIn } from '../platform/sign-in/sign-in';

/** The application's pages as a person sees them, over a server that the spec plays. */
export class PageTesting {
  readonly live = new LiveTesting();
  readonly toasts = new ShownToasts();
  /** How often the page was loaded anew. */
  reloads = 0;
  #harness: RouterTestingHarness | null = null;

  /** Connects; every page is in this language. */
  async begin(locale: Language = 'en'): Promise<void> {
    forgetEverything();
    TestBed.configureTestingModule({
      providers: [
        ...this.live.providers,
        {
          provide: RUNTIME_CONFIG,
          useValue: { websocketUrl: 'ws://server.test/ws/ws', restUrl: '', locale },
        },
        provideRouter(routes, withComponentInputBinding()),
        { provide: TitleStrategy, useExisting: PageTitle },
        provideI18n(),
        { provide: TOASTS, useValue: this.toasts },
        { provide: RELOAD, useValue: () => (this.reloads += 1) },
      ],
    });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    TestBed.inject(SignIn);
    TestBed.inject(Notifications);
    this.live.connect();
  }

  end(): void {
    forgetEverything();
  }

  /** Goes to an address of the application. */
  async open(url: string): Promise<void> {
    this.#harness ??= await RouterTestingHarness.create();
    await this.#harness.navigateByUrl(url);
  }

  /** The next request for this path, as soon as it is made. */
  async request(url: string, method = 'GET'): Promise<TestRequest> {
    const requests = TestBed.inject(HttpTestingController);
    const found: TestRequest[] = [];
    await this.until(() => {
      found.push(
        ...requests
          .match((request) => request.urlWithParams === url && request.method === method)
          .filter(({ cancelled }) => !cancelled),
      );
      return found.length > 0;
    });
    const [request] = found;
    if (request === undefined || found.length > 1) {
      throw new Error(`${method} ${url} was asked ${found.length} times at once.`);
    }
    return request;
  }

  /** Answers the next request for this path, and draws what comes of it. */
  async answer(url: string, body: object, method = 'GET'): Promise<void> {
    (await this.request(url, method)).flush(body);
    TestBed.tick();
  }

  /** Refuses the next request for this path. */
  async refuse(url: string, status: number, detail: string, method = 'GET'): Promise<void> {
    (await this.request(url, method)).flush({ detail }, { status, statusText: 'refused' });
    TestBed.tick();
  }

  /** The address a person sees. */
  get address(): string {
    return TestBed.inject(Location).path();
  }

  /** Everything a person reads, dialogs and menus included. */
  get text(): string {
    TestBed.tick();
    return document.body.innerText;
  }

  /** Harnesses of Material's components, wherever they are on the page. */
  get loader(): HarnessLoader {
    if (this.#harness === null) {
      throw new Error('No page is open.');
    }
    return TestbedHarnessEnvironment.documentRootLoader(this.#harness.fixture);
  }

  /** Elements by a CSS selector. */
  all(selector: string): HTMLElement[] {
    TestBed.tick();
    return Array.from(document.querySelectorAll<HTMLElement>(selector));
  }

  /** The one element with this selector and accessible name. */
  one(selector: string, name: string): HTMLElement {
    const found = this.all(selector).filter((element) => nameOf(element) === name);
    const [element] = found;
    if (element === undefined || found.length > 1) {
      throw new Error(`There are ${found.length} elements "${selector}" named "${name}".`);
    }
    return element;
  }

  button(name: string): HTMLElement {
    return this.one('button', name);
  }

  link(name: string): HTMLElement {
    return this.one('a', name);
  }

  /** Types into the field with this label. */
  type(label: string, value: string): void {
    const field = this.one('input, textarea', label);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
  }

  /** Draws frames until `isSo`; the runner's time limit ends the wait. */
  async until(isSo: () => boolean): Promise<void> {
    TestBed.tick();
    while (!isSo()) {
      await new Promise(requestAnimationFrame);
      TestBed.tick();
    }
  }

  /** Waits until these words are on the page. */
  async untilText(words: string): Promise<void> {
    await this.until(() => document.body.innerText.includes(words));
  }
}

function forgetEverything(): void {
  localStorage.clear();
  sessionStorage.clear();
}

/** Near enough to the accessible name: `aria-label`, the label of a field, or the words inside. */
function nameOf(element: HTMLElement): string {
  const labels =
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
  const name = element.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? element.innerText;
  return name
    .replace(/\s*\*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
