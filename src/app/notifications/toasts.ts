import { createEnvironmentInjector, EnvironmentInjector, inject, InjectionToken } from '@angular/core';
import { provideToastr, ToastrService } from 'ngx-toastr';

/** Short messages in a corner of the window, which go by themselves. */
export interface Toasts {
  success(message: string): unknown;
  info(message: string): unknown;
  error(message: string): unknown;
}

/** Set up here and not with the application, so that the first view does not wait for what it has no use for. */
export const TOASTS = new InjectionToken<Toasts>('toasts', {
  providedIn: 'root',
  factory: () =>
    createEnvironmentInjector(
      [
        ToastrService,
        provideToastr({
          positionClass: 'toast-bottom-right',
          newestOnTop: false,
          closeButton: true,
          preventDuplicates: true,
          maxOpened: 5,
          autoDismiss: true,
        }),
      ],
      inject(EnvironmentInjector),
    ).get(ToastrService),
});
