import { DestroyRef, inject, Injectable } from '@angular/core';
import { Subject } from 'rxjs';
import { RealtimeError } from '../realtime-error';
import { fieldOf } from '../realtime-message';
import { ConnectionStateStore } from './connection-state-store';

/** Where every part of the client reports what went wrong without ending anything. */
@Injectable()
export class ErrorReports {
  readonly #subject = new Subject<RealtimeError>();
  readonly #state = inject(ConnectionStateStore);

  readonly errors = this.#subject.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#subject.complete());
  }

  report(error: RealtimeError): void {
    this.#state.tell(() => this.#subject.next(error));
  }

  /** Calls a hook of an extension. An error of the hook is reported, and ends nothing. */
  guard<T>(hook: () => T): T | undefined {
    try {
      return hook();
    } catch (cause) {
      this.report(
        new RealtimeError('handler-failed', ngDevMode && 'A hook of an extension failed; see the cause.', {
          cause,
        }),
      );
      return undefined;
    }
  }
}

/**
 * Calls what the application gave. It ends nothing and disturbs nobody else.
 *
 * @param failed called with what it throws, or what the promise it returns is rejected with
 */
export function callGuarded<In>(
  call: (value: In) => unknown,
  value: In,
  failed: (cause: unknown) => void,
): void {
  try {
    const result = call(value);
    // By what it can do: pages and test tools replace the browser's Promise.
    if (typeof fieldOf(result, 'then') === 'function') {
      Promise.resolve(result).catch(failed);
    }
  } catch (cause) {
    failed(cause);
  }
}
