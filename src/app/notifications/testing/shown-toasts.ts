import type { Toasts } from '../toasts';

/** Keeps what it was asked to show. */
export class ShownToasts implements Toasts {
  readonly shown: string[] = [];

  success(message: string): void {
    this.shown.push(message);
  }

  info(message: string): void {
    this.shown.push(message);
  }

  error(message: string): void {
    this.shown.push(message);
  }
}
