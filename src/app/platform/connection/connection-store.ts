import { computed, inject } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { withRealtimeStatus } from '@creative-autogpt/realtime/signals';
import { signalStore, withComputed, withMethods } from '@ngrx/signals';

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
  withRealtimeStatus(),
  withComputed(({ status, attempt, maxAttempts }) => ({
    /** Null while all is well. */
    card: computed((): ConnectionCardState | null => {
      const kind = status();
      switch (kind) {
        case 'connected':
          return null;
        case 'disconnected':
          return { kind, retrying: attempt() > 0 ? { attempt: attempt(), max: maxAttempts } : null };
        case 'connecting':
        case 'error':
          return { kind };
      }
    }),
  })),
  withMethods(() => {
    const realtime = inject(RealtimeService);
    return {
      /** Begins to connect anew. */
      retry: (): void => realtime.connect(),
    };
  }),
);

/** The injected store. */
export type ConnectionStore = InstanceType<typeof ConnectionStore>;
