import type { EnvironmentProviders } from '@angular/core';
import {
  provideRealtime,
  withBatches,
  withHeartbeat,
  withOutbox,
  withPageLifecycle,
  withRecovery,
  withRetry,
  withStats,
} from '@creative-autogpt/realtime';

/** Capabilities that wait for something all the time: none of them may keep the application unstable. */
export function realtime(): EnvironmentProviders {
  return provideRealtime(
    { url: `ws://${location.host}/` },
    withRetry(),
    withHeartbeat({ interval: 1_000, timeout: 1_000 }),
    withPageLifecycle(),
    withRecovery(),
    withBatches(),
    withOutbox(),
    withStats({ pingInterval: 500 }),
  );
}
