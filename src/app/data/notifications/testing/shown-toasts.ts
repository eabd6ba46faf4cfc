import type { ToastOptions, Toasts } from '../../../platform/toasts';

/** Keeps what it was asked to show. */
export class ShownToasts implements Toasts {
  readonly shown: string[] = [];
  /** The second line of each, in the same order; undefined for those without. */
  readonly about: (string | undefined)[] = [];

  success(message: string, options?: ToastOptions): void {
    this.#keep(message, options);
  }

  info(message: string, options?: ToastOptions): void {
    this.#keep(message, options);
  }

  error(message: string, options?: ToastOptions): void {
    this.#keep(message, options);
  }

  #keep(message: string, options?: ToastOptions): void {
    this.shown.push(message);
    this.about.push(options?.about);
  }
}
