import { Injectable, signal } from '@angular/core';

/**
 * What was typed and not sent, by what it is for. It outlives the page it was typed on, so that nothing is lost to a
 * look elsewhere or to a sign-in; with the application it is gone.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, string>>(new Map());

  /** Empty where nothing was typed. Called in a template or `computed`, it follows. */
  of(subject: string): string {
    return this.texts().get(subject) ?? '';
  }

  keep(subject: string, text: string): void {
    this.texts.update((texts) => new Map(texts).set(subject, text));
  }

  /** To be called once it was sent. */
  drop(subject: string): void {
    this.texts.update((texts) => new Map([...texts].filter(([other]) => other !== subject)));
  }
}
