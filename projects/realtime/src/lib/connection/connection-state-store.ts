import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import type { ConnectionState } from './connection-status';

const IDLE: ConnectionState = { status: 'disconnected', attempt: 0, lastError: null };

/** The state of the connection, as a signal and as an observable that replays it. One writer: the connection. */
@Injectable()
export class ConnectionStateStore {
  readonly #current = signal(IDLE);
  readonly #subject = new BehaviorSubject(IDLE);

  readonly changes = this.#subject.asObservable();
  readonly state = this.#current.asReadonly();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#subject.complete());
  }

  set(state: ConnectionState): void {
    this.#current.set(state);
    this.#subject.next(state);
  }

  reset(): void {
    this.set(IDLE);
  }
}
