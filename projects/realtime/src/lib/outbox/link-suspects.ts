import { inject, Injectable } from '@angular/core';
import { filter, type Observable } from 'rxjs';
import type { RealtimeLink } from '../connection/realtime-link';
import { consume } from '../connection/connection';
import type { RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { OutgoingFrame } from '../transport/transport';
import { acknowledgedId } from './acknowledgement';

/**
 * Close codes by which a server may object to what it was sent: protocol error, data of a wrong kind, bad
 * payload, policy, message too big, failure, bad request. A lost network (1006) and a server that goes (1001,
 * 1012, 1013) object to nothing.
 */
const OBJECTIONS: ReadonlySet<number | undefined> = new Set([1002, 1003, 1007, 1008, 1009, 1011, 4400]);

/** The capability of servers that acknowledge requests. */
export const COMMANDS = 'commands';

/** Milliseconds after which the server would have closed the link over what was sent. */
export const SUSPECT_FOR = 3_000;

/** Knows which messages may have made the server close the socket: the latest ones, still unanswered. */
@Injectable()
export class LinkSuspects implements RealtimeHooks {
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  /** In the order of sending. Messages without an id have an empty one, and are never answered. */
  #sent: { readonly id: string; readonly at: number }[] = [];

  /** Asked for in `connect`, so that the server acknowledges requests. */
  readonly capability = COMMANDS;

  accompany({ messages }: RealtimeLink): Observable<never> {
    this.#sent = [];
    return messages.pipe(
      filter(({ event }) => event === 'ack'),
      consume(({ data }) => this.#answered(acknowledgedId(data))),
    );
  }

  sent(_frame: OutgoingFrame, { id }: RealtimeMessage): void {
    this.#prune();
    this.#sent.push({ id: typeof id === 'string' ? id : '', at: this.#scheduler.now() });
  }

  judge(error: RealtimeError): RealtimeError | null {
    this.#prune();
    const suspects = this.#sent.map(({ id }) => id);
    this.#sent = [];
    const { code, message, closeCode, reason, cause } = error;
    return OBJECTIONS.has(closeCode) && suspects.length > 0
      ? new RealtimeError(code, message, { closeCode, reason, cause, suspects })
      : null;
  }

  /** Milliseconds until nothing that was sent over the link is under suspicion any more. */
  get quietIn(): number {
    this.#prune();
    const last = this.#sent.at(-1);
    return last ? last.at + SUSPECT_FOR - this.#scheduler.now() : 0;
  }

  #answered(answeredId: string | null): void {
    this.#sent = this.#sent.filter(({ id }) => id === '' || id !== answeredId);
  }

  #prune(): void {
    const oldest = this.#scheduler.now() - SUSPECT_FOR;
    this.#sent = this.#sent.filter(({ at }) => at > oldest);
  }
}
