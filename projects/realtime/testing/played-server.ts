import { inject, Injectable } from '@angular/core';
import type {
  RealtimeMessage,
  Transport,
  TransportRequest,
  TransportSocket,
} from '@creative-autogpt/realtime';
import { Observable, Subject } from 'rxjs';
import { SentMessage } from './sent-message';
import { type ConnectionObserver, TestConnection } from './test-connection';
import { VirtualTime } from './virtual-time';

/** The other end of every connection: what a test sees in place of the network. */
@Injectable()
export class PlayedServer implements Transport, ConnectionObserver {
  readonly #time = inject(VirtualTime);
  readonly #changeSubject = new Subject<void>();

  /** Emits when there is another connection or message. */
  readonly changes = this.#changeSubject.asObservable();
  /** Every connection so far, oldest first. */
  readonly connections: TestConnection[] = [];
  /** Connections that nobody has expected yet. */
  readonly unexpected = new Set<TestConnection>();
  /** Messages that nobody has expected yet, oldest first. */
  messages: readonly SentMessage[] = [];

  open(request: TransportRequest): Observable<TransportSocket> {
    return new Observable((client) => {
      const connection = new TestConnection(request, client, this, this.#time);
      this.connections.push(connection);
      this.unexpected.add(connection);
      this.#changeSubject.next();
    });
  }

  sent(message: RealtimeMessage, connection: TestConnection): void {
    this.messages = [...this.messages, new SentMessage(message, connection)];
    this.#changeSubject.next();
  }

  /** Takes messages off the list of those that nobody has expected. */
  forget(expected: readonly SentMessage[]): void {
    this.messages = this.messages.filter((each) => !expected.includes(each));
  }
}
