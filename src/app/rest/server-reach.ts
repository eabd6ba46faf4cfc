import { computed, inject, Injectable, linkedSignal } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';

/** Whether the server can be asked for something at the moment: what is certain to fail is not offered. */
@Injectable({ providedIn: 'root' })
export class ServerReach {
  private readonly realtime = inject(RealtimeService);
  private readonly connected = computed(() => this.realtime.status() === 'connected');
  /** Whether the last request was answered; known anew with every connection that comes or goes. */
  private readonly answers = linkedSignal({ source: this.connected, computation: () => false });

  /**
   * Whether the connection is lost and no request was answered since. A network that lets no WebSocket through only
   * lacks live updates; so the first attempt to connect does not count either.
   */
  readonly away = computed(() => {
    const isLost = this.realtime.status() !== 'connecting' || this.realtime.attempt() > 0;
    return !this.connected() && isLost && !this.answers();
  });

  /** A request was answered, or did not reach the server. */
  heard(answered: boolean): void {
    this.answers.set(answered);
  }
}
