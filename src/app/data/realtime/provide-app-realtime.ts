import type { EnvironmentProviders } from '@angular/core';
import { inject } from '@angular/core';
import type { Capability } from '@creative-autogpt/protocol';
import {
  provideRealtime,
  withAuth,
  withBatches,
  withHeartbeat,
  withPageLifecycle,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import { RUNTIME_CONFIG } from '../../platform/config/runtime-config';
import { KeptToken } from '../../platform/sign-in/kept-token';

const CAPABILITIES: readonly Capability[] = ['streaming'];

/**
 * The connection to the server that `RUNTIME_CONFIG` names: five attempts to reconnect, then one about every
 * 30 s in the background; a ping every 30 s; what was missed meanwhile is replayed, and a server that wants to know it
 * is told who connects.
 */
export function provideAppRealtime(): EnvironmentProviders {
  return provideRealtime(
    () => ({ url: inject(RUNTIME_CONFIG).websocketUrl, capabilities: CAPABILITIES }),
    withRetry({ maxAttempts: 5, keepTryingEvery: 30_000 }),
    withHeartbeat({ interval: 30_000 }),
    withPageLifecycle(),
    withRecovery(),
    withBatches(),
    withAuth({ token: (reason) => inject(KeptToken).forSocket(reason) }),
  );
}
