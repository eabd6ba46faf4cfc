import { inject, InjectionToken } from '@angular/core';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { ErrorReports } from '../connection/error-reports';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { ExtensionHost, RealtimeExtension } from './realtime-extension';
import type { RealtimeHooks } from './realtime-hooks';

/** The hooks of all extensions of a client, by the names of the extensions. */
export const CLIENT_HOOKS = new InjectionToken<readonly RealtimeHooks[]>(
  ngDevMode ? '@creative-autogpt/realtime hooks' : '',
);

/** Makes the hooks of a client. Call it in the client's injection context. */
export function makeHooks(extensions: readonly RealtimeExtension[]): readonly RealtimeHooks[] {
  const scheduler = inject(REALTIME_SCHEDULER);
  const reports = inject(ErrorReports);
  const host: ExtensionHost = {
    states: inject(ConnectionStateStore).changes,
    errors: reports.errors,
    now: () => clockTime(scheduler),
    report: (error) => reports.report(error),
  };
  return [...extensions]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ hooks }) => hooks?.(host) ?? []);
}
