import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { REALTIME_GAPS, RealtimeService } from '@creative-autogpt/realtime';
import {
  type EmptyFeatureResult,
  type Prettify,
  type SignalStoreFeature,
  type SignalStoreFeatureResult,
  type StateSignals,
  withHooks,
  type WritableStateSource,
} from '@ngrx/signals';
import { filter, merge, type Observable, skip, take, tap } from 'rxjs';
import { injectGuard } from './guard';

/** When a store is loaded anew. */
export interface RealtimeReloadOptions {
  /**
   * Whether it is also loaded when the first connection opens, if the store was there before: what was read until then
   * may have been outdated by updates that nobody heard.
   *
   * @default false
   */
  readonly onFirstConnection?: boolean;
}

/** The store as `load` gets it. */
type LoadedStore<Input extends SignalStoreFeatureResult> = Prettify<
  StateSignals<Input['state']> & Input['props'] & Input['methods'] & WritableStateSource<Input['state']>
>;

/**
 * Calls `load` whenever updates were missed for good: with `withRecovery()` on every gap, without it on every
 * reconnection.
 *
 * ```ts
 * const TasksStore = signalStore(
 *   withMethods(() => ({ load: rxMethod<void>(…) })),
 *   withRealtimeReload((store) => store.load()),
 * );
 * ```
 *
 * @param load what it throws, or its promise is rejected with, goes to Angular's `ErrorHandler`
 */
export function withRealtimeReload<Input extends SignalStoreFeatureResult>(
  load: (store: LoadedStore<Input>) => unknown,
  { onFirstConnection = false }: RealtimeReloadOptions = {},
): SignalStoreFeature<Input, EmptyFeatureResult> {
  return withHooks<Input>({
    onInit(store) {
      const guard = injectGuard();
      losses(onFirstConnection)
        .pipe(
          tap(() => guard(() => load(store))),
          takeUntilDestroyed(),
        )
        .subscribe();
    },
  });
}

/** Emits when the state of the calling store may lack updates. */
function losses(onFirstConnection: boolean): Observable<unknown> {
  const { status, statusChanges } = inject(RealtimeService);
  const gaps = inject(REALTIME_GAPS, { optional: true });
  const connections = statusChanges.pipe(filter((each) => each === 'connected'));
  // A connection that is open already says nothing new.
  const isFirstUsed = onFirstConnection && status() !== 'connected';
  const first = connections.pipe(take(isFirstUsed ? 1 : 0));
  return merge(first, gaps ?? connections.pipe(skip(1)));
}
