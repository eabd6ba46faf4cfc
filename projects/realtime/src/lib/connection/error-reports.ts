import { DestroyRef, inject, Injectable } from '@angular/core';
import { Subject } from 'rxjs';
import type { RealtimeError } from '../realtime-error';

/** Where every part of the client reports what went wrong without ending anything. */
@Injectable()
export class ErrorReports {
  readonly #subject = new Subject<RealtimeError>();

  readonly errors = this.#subject.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#subject.complete());
  }

  report(error: RealtimeError): void {
    this.#subject.next(error);
  }
}
