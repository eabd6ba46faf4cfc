import { computed, DestroyRef, effect, inject, Injectable, type Signal, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';

/**
 * The document's title in the language in use: the page's name, then the product's. A route's `title` is the key of
 * its name; a page that shows one particular thing names it with {@link injectPageName}.
 */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly document = inject(Title);
  private readonly transloco = inject(TranslocoService);
  private readonly routeTitle = signal<string | undefined>(undefined);
  private readonly pageName = signal<Signal<string | undefined> | null>(null);
  private readonly title = computed(() => {
    const product = this.translate('app.name');
    const route = this.routeTitle();
    const page = this.pageName()?.() ?? (route === undefined ? undefined : this.translate(route));
    return page === undefined ? product : `${page} · ${product}`;
  });

  constructor() {
    super();
    effect(() => {
      this.document.setTitle(this.title());
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.routeTitle.set(this.buildTitle(snapshot));
  }

  /** Puts a name before the route's own until the returned function is called. */
  name(name: Signal<string | undefined>): () => void {
    this.pageName.set(name);
    return () => {
      this.pageName.update((current) => (current === name ? null : current));
    };
  }

  private translate(key: string): string {
    return this.transloco.translate<string>(key, undefined, this.transloco.activeLang());
  }
}

/** Names the page after what it shows for as long as the calling component lives. */
export function injectPageName(name: Signal<string | undefined>): void {
  inject(DestroyRef).onDestroy(inject(PageTitle).name(name));
}
