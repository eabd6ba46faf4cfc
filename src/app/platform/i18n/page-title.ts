import { computed, DestroyRef, effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type Route, type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';

/** Reads what a page shows from signals; undefined leaves the page with the name of its route. */
export type PageName = () => string | undefined;

const nameless: PageName = () => undefined;

/**
 * The document's title in the language in use: the page's name, then the product's. A route's `title` is the
 * key of its name; a page that shows one particular thing names it with {@link injectPageName}.
 */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  readonly #document = inject(Title);
  readonly #transloco = inject(TranslocoService);
  readonly #routeTitle = signal<string | undefined>(undefined);
  readonly #pageName = signal(nameless);
  readonly #title = computed(() => {
    const product = this.#translate('app.name');
    const route = this.#routeTitle();
    const name = this.#pageName();
    const page = name() ?? (route === undefined ? undefined : this.#translate(route));
    return page === undefined ? product : `${page} · ${product}`;
  });

  constructor() {
    super();
    effect(() => {
      this.#document.setTitle(this.#title());
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.#routeTitle.set(this.buildTitle(snapshot));
  }

  /** The name of a page by its route, in the language in use. */
  nameOf({ title }: Route): string {
    return typeof title === 'string' ? this.#translate(title) : '';
  }

  /** Puts a name before the route's own until the returned function is called. */
  name(name: PageName): () => void {
    this.#pageName.set(name);
    return () => {
      this.#pageName.update((current) => (current === name ? nameless : current));
    };
  }

  #translate(key: string): string {
    return this.#transloco.translate(key, undefined, this.#transloco.activeLang());
  }
}

/** Names the page after what it shows for as long as the calling component lives. */
export function injectPageName(name: PageName): void {
  inject(DestroyRef).onDestroy(inject(PageTitle).name(name));
}
