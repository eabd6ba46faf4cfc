import { inject, Injectable } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeLink } from '../connection/realtime-link';
import type { RealtimeHooks } from '../extensions/realtime-hooks';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { frameSize } from '../transport/frame-size';
import type { OutgoingFrame, TransportFrame } from '../transport/transport';
import { RateCounter } from './rate-counter';
import { RoundTrip } from './round-trip';
import type { TrafficStats } from './stats-snapshot';

/** Counts what goes over the socket of this tab. */
@Injectable()
export class TrafficMeter implements RealtimeHooks {
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #roundTrip = inject(RoundTrip);
  readonly #sentMessages = new RateCounter();
  readonly #sentBytes = new RateCounter();
  readonly #receivedMessages = new RateCounter();
  readonly #receivedBytes = new RateCounter();

  readonly capability = this.#roundTrip.capability;

  accompany(link: RealtimeLink): Observable<unknown> {
    return this.#roundTrip.accompany(link);
  }

  sent(frame: OutgoingFrame, message: RealtimeMessage): void {
    const now = this.#scheduler.now();
    this.#sentMessages.add(1, now);
    this.#sentBytes.add(frameSize(frame), now);
    if (message.event === 'ping') {
      this.#roundTrip.asked(message, now);
    }
  }

  received(frame: TransportFrame): void {
    this.#receivedBytes.add(frameSize(frame), this.#scheduler.now());
  }

  /**
   * A message was delivered: of a frame there may be many, or none, and in a tab that follows another no
   * frame.
   */
  delivered(): void {
    this.#receivedMessages.add(1, this.#scheduler.now());
  }

  stats(now: number): { readonly sent: TrafficStats; readonly received: TrafficStats } {
    return {
      sent: traffic(this.#sentMessages, this.#sentBytes, now),
      received: traffic(this.#receivedMessages, this.#receivedBytes, now),
    };
  }
}

function traffic(messages: RateCounter, bytes: RateCounter, now: number): TrafficStats {
  return {
    messages: messages.total,
    bytes: bytes.total,
    messagesPerSecond: messages.perSecond(now),
    bytesPerSecond: bytes.perSecond(now),
  };
}
