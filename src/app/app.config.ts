import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, provideBrowserGlobalErrorListeners } from '@angular/core';
import {
  type ActivatedRouteSnapshot,
  provideRouter,
  TitleStrategy,
  type ViewTransitionInfo,
  withComponentInputBinding,
  withInMemoryScrolling,
  withViewTransitions,
} from '@angular/router';
import { pacedFrames, REALTIME_FRAMES, type RealtimeExtension } from '@creative-autogpt/realtime';
import { routes } from './app.routes';
import { RUNTIME_CONFIG, type RuntimeConfig } from './platform/config/runtime-config';
import { PageTitle } from './platform/i18n/page-title';
import { provideI18n } from './platform/i18n/provide-i18n';
import { authorized } from './platform/sign-in/authorized';
import { provideAppRealtime, withTabs } from './data/realtime/provide-app-realtime';

/**
 * The application for one environment; the configuration is read when the page loads, not when it is built.
 *
 * @param further extensions of the connection that only some pages load, such as the inspector
 */
export function appConfig(
  runtimeConfig: RuntimeConfig,
  further: readonly RealtimeExtension[] = [],
): ApplicationConfig {
  return {
    providers: [
      { provide: RUNTIME_CONFIG, useValue: runtimeConfig },
      provideBrowserGlobalErrorListeners(),
      provideHttpClient(withFetch(), withInterceptors([authorized])),
      provideRouter(
        routes,
        withComponentInputBinding(),
        withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
        withViewTransitions({ skipInitialTransition: true, onViewTransitionCreated: skipWithinPage }),
      ),
      { provide: TitleStrategy, useExisting: PageTitle },
      provideI18n(),
      provideAppRealtime(withTabs(), ...further),
      { provide: REALTIME_FRAMES, useFactory: pacedFrames },
    ],
  };
}

/** Fades from page to page. A change within a page, such as another open task or filter, shows at once. */
function skipWithinPage({ transition, from, to }: ViewTransitionInfo): void {
  if (pageOf(from) === pageOf(to)) {
    transition.skipTransition();
  }
}

function pageOf(root: ActivatedRouteSnapshot): string | undefined {
  return root.firstChild?.routeConfig?.path;
}
