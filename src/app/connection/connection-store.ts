import { computed, inject } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { signalStore, withComputed, withMethods, withProps } from '@ngrx/signals';

/** What the person should know about the connection. */
export type ConnectionCardState =
  | { readonly kind: 'connecting' }
  /** `retrying` is null when nothing will happen until the person asks for it. */
  | {
      readonly kind: 'disconnected';
      readonly retrying: { readonly attempt: number; readonly max: number } | null;
    }
  | { readonly kind: 'error' };

/** The connection to the server, as pages show it. */
export const ConnectionStore = signalStore(
  { providedIn: 'root' },
  withProps(() => {
    const realtime = inject(RealtimeService);
    return {
      _realtime: realtime,
      status: realtime.status,
      /** Which attempt to reconnect is waiting or under way, from 1; 0 while there is none. */
      attempt: realtime.attempt,
      maxAttempts: computed(() => realtime.maxAttempts),
      lastError: realtime.lastError,
    };
  }),
  withComputed(({ status, attempt, maxAttempts }) => ({
    /** Null while all is well. */
    card: computed((): ConnectionCardState | null => {
      const kind = status();
      switch (kind) {
        case 'connected':
          return null;
        case 'disconnected':
          return { kind, retrying: attempt() > 0 ? { attempt: attempt(), max: maxAttempts() } : null };
        case 'connecting':
        case 'error':
          return { kind };
      }
    }),
  })),
  withMethods(({ _realtime }) => ({
    /** Begins to connect anew. */
    retry: (): void => _realtime.connect(),
  })),
);

/** The injected store. */
export type ConnectionStore = InstanceType<typeof ConnectionStore>;
