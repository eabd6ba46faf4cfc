import { DestroyRef, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { BehaviorSubject } from 'rxjs';
import type { ConnectionState } from './connection-status';

const IDLE: ConnectionState = { status: 'disconnected', attempt: 0, lastError: null };

/** The state of the connection, as a signal and as an observable that replays it. One writer: the connection. */
@Injectable()
export class ConnectionStateStore {
  private readonly subject = new BehaviorSubject<ConnectionState>(IDLE);

  readonly changes = this.subject.asObservable();
  readonly state = toSignal(this.subject, { requireSync: true });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.subject.complete());
  }

  set(state: ConnectionState): void {
    this.subject.next(state);
  }

  reset(): void {
    this.subject.next(IDLE);
  }
}
