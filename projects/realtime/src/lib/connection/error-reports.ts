import { DestroyRef, inject, Injectable } from '@angular/core';
import { Subject } from 'rxjs';
import type { RealtimeError } from '../realtime-error';
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
}
