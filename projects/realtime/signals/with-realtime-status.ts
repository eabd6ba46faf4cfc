import { inject } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { signalStoreFeature, withProps } from '@ngrx/signals';

/**
 * Adds where the connection stands, as signals that the client keeps: `status`, `attempt` and `lastError`,
 * and the number `maxAttempts`, as in `RealtimeService`.
 *
 * ```ts
 * const ConnectionStore = signalStore(
 *   withRealtimeStatus(),
 *   withComputed(({ status }) => ({ offline: computed(() => status() !== 'connected') })),
 * );
 * ```
 */
export function withRealtimeStatus() {
  return signalStoreFeature(
    withProps(() => {
      const { status, attempt, lastError, maxAttempts } = inject(RealtimeService);
      return { status, attempt, lastError, maxAttempts };
    }),
  );
}
