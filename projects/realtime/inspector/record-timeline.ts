import { inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type RealtimeErrorCode, RealtimeService } from '@creative-autogpt/realtime';
import { distinctUntilChanged, map, merge, tap } from 'rxjs';
import { RealtimeInspector } from './realtime-inspector';

/** Errors whose text quotes what was received. */
const QUOTING: readonly RealtimeErrorCode[] = ['undecodable-frame', 'invalid-message'];

/** Records the states of the connection and its errors, for as long as the injection context lives. */
export function recordTimeline(): void {
  const inspector = inject(RealtimeInspector);
  const { status, attempt, statusChanges, attemptChanges, errors } = inject(RealtimeService);
  const states = merge(statusChanges, attemptChanges).pipe(
    map(() => untracked(() => ({ status: status(), attempt: attempt() }))),
    distinctUntilChanged((one, other) => one.status === other.status && one.attempt === other.attempt),
    tap((state) => inspector.record({ kind: 'state', ...state })),
  );
  const reported = errors.pipe(
    tap(({ code, event, closeCode, message }) =>
      inspector.record({
        kind: 'error',
        code,
        event: event ?? null,
        closeCode: closeCode ?? null,
        text: QUOTING.includes(code) ? null : message,
      }),
    ),
  );
  merge(states, reported).pipe(takeUntilDestroyed()).subscribe();
}
