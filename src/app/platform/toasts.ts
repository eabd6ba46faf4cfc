import { createEnvironmentInjector, EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import { provideToastr, ToastrService } from 'ngx-toastr';

/** Most toasts on the screen at once. None wait: the oldest leaves at once when there is one more. */
const MAX_TOASTS = 3;
/** How long a toast stays, in milliseconds. */
const DURATION = 5_000;
/** How long an error stays, in milliseconds: it is read to the end, and often comes with something else. */
const ERROR_DURATION = 9_000;

/** What a toast may say besides its message. */
export interface ToastOptions {
  /** A second line, such as what the message is about. */
  readonly about?: string;
  /**
   * What a toast says in the place of an earlier one of the same kind that is still there.
   *
   * @default each stands for itself
   */
  readonly joined?: {
    readonly kind: string;
    /** The message for so many toasts together, this one included. */
    readonly message: (count: number) => string;
  };
}

/** Short messages at an edge of the window, which go by themselves. The same message is there once. */
export interface Toasts {
  success(message: string, options?: ToastOptions): void;
  info(message: string, options?: ToastOptions): void;
  error(message: string, options?: ToastOptions): void;
}

/**
 * Set up here and not with the application, so that the first view does not wait for what it has no use for.
 */
export const TOASTS = new InjectionToken<Toasts>('toasts', {
  providedIn: 'root',
  factory: () =>
    new BoundedToasts(
      createEnvironmentInjector(
        [
          ToastrService,
          provideToastr({
            newestOnTop: false,
            closeButton: true,
            preventDuplicates: true,
            includeTitleDuplicates: true,
            resetTimeoutOnDuplicate: true,
            timeOut: DURATION,
          }),
        ],
        inject(EnvironmentInjector),
      ).get(ToastrService),
    ),
});

interface OpenToast {
  readonly id: number;
  /** Null for a toast that stands for itself. */
  readonly kind: string | null;
  readonly count: number;
}

/** ngx-toastr, whose own bound has toasts wait in a queue: a burst would be told for a minute. */
class BoundedToasts implements Toasts {
  /** Oldest first. */
  #open: readonly OpenToast[] = [];

  constructor(private readonly toastr: ToastrService) {}

  success(message: string, options: ToastOptions = {}): void {
    this.#show('success', message, options);
  }

  info(message: string, options: ToastOptions = {}): void {
    this.#show('info', message, options);
  }

  error(message: string, options: ToastOptions = {}): void {
    this.#show('error', message, options);
  }

  #show(look: 'success' | 'info' | 'error', message: string, { about, joined }: ToastOptions): void {
    this.#open = this.#open.filter(({ id }) => this.toastr.toasts.some(({ toastId }) => toastId === id));
    const earlier = this.#open.find(({ kind }) => kind !== null && kind === joined?.kind);
    const count = (earlier?.count ?? 0) + 1;
    if (earlier !== undefined) {
      this.#remove(earlier);
    }
    const { toastId: id } = this.toastr[look](
      joined === undefined || count === 1 ? message : joined.message(count),
      about,
      {
        ...(look === 'error' && { timeOut: ERROR_DURATION }),
        // It takes the place of another: nothing should seem to appear.
        ...(earlier !== undefined && { easeTime: 0 }),
      },
    );
    if (this.#open.some((toast) => toast.id === id)) {
      // The same message was there already.
      return;
    }
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.length === MAX_TOASTS) {
      this.#remove(oldest);
    }
    this.#open = [...this.#open, { id, kind: joined?.kind ?? null, count }];
  }

  #remove(toast: OpenToast): void {
    this.toastr.remove(toast.id);
    this.#open = this.#open.filter(({ id }) => id !== toast.id);
  }
}
