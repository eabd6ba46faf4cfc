import { inject } from '@angular/core';
import { map, type Observable, Subject } from 'rxjs';
import { decodeFrame, encodeMessage } from '../codec/framing';
import { CLIENT_HOOKS } from '../extensions/client-hooks';
import type { IncomingStage, OpenedSocket, RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { TransportFrame } from '../transport/transport';
import { ConnectionStateStore } from './connection-state-store';
import { ErrorReports } from './error-reports';
import { Handshake } from './handshake';
import { inTurn } from './in-turn';
import type { Handover, RealtimeLink } from './realtime-link';

/** One open socket. It reads frames and writes messages. Make it in the client's injection context. */
export class SocketLink implements RealtimeLink {
  readonly #hooks = inject(CLIENT_HOOKS);
  readonly #handshake = inject(Handshake);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #state = inject(ConnectionStateStore);
  readonly #opened: OpenedSocket;
  readonly #messages = new Subject<RealtimeMessage>();
  readonly #watchers = this.#hooks.filter(({ sent, received }) => sent ?? received);
  #heardAt = this.#scheduler.now();

  readonly messages: Observable<RealtimeMessage> = this.#messages;
  readonly doubted: Observable<void>;

  /**
   * The messages for subscribers, in order. Every step on their way works for as long as this is subscribed
   * to.
   */
  readonly incoming: Observable<RealtimeMessage>;

  constructor(opened: OpenedSocket, doubted: Observable<void>) {
    this.#opened = opened;
    this.doubted = doubted;
    const read = opened.socket.frames.pipe(
      inTurn((frame: TransportFrame, emit: (message: RealtimeMessage) => void) => this.#hear(frame, emit)),
    );
    const unpacked = this.#through('unpack', this.#through('inflate', read));
    this.incoming = this.#through('order', unpacked.pipe(map((message) => this.#show(message))));
  }

  heardAt(): number {
    return this.#heardAt;
  }

  send(message: RealtimeMessage): Handover {
    const { socket, codec } = this.#opened;
    const frame = encodeMessage(codec, message, this.#hooks);
    if (frame instanceof RealtimeError) {
      this.#reports.report(frame);
      return 'refused';
    }
    if (!socket.send(frame)) {
      return 'closed';
    }
    this.#watch((each) => each.sent?.(frame, message));
    return 'sent';
  }

  #through(
    phase: IncomingStage['phase'],
    messages: Observable<RealtimeMessage>,
  ): Observable<RealtimeMessage> {
    return this.#hooks.reduce(
      (staged, { incoming }) => (incoming?.phase === phase ? incoming.through(staged) : staged),
      messages,
    );
  }

  /** What arrives while observers are being told of something is read after that. */
  #hear(frame: TransportFrame, emit: (message: RealtimeMessage) => void): undefined {
    if (this.#state.isTelling) {
      this.#state.tell(() => this.#read(frame, emit));
    } else {
      this.#read(frame, emit);
    }
  }

  #read(frame: TransportFrame, emit: (message: RealtimeMessage) => void): void {
    this.#heardAt = this.#scheduler.now();
    const message = decodeFrame(this.#opened.codec, frame);
    this.#watch((each) => each.received?.(frame, message));
    if (message instanceof RealtimeError) {
      this.#reports.report(message);
    } else {
      emit(message);
    }
  }

  #watch(show: (hooks: RealtimeHooks) => void): void {
    for (const each of this.#watchers) {
      this.#reports.guard(() => show(each));
    }
  }

  /** Companions come before subscribers, and may end the link because of this very message. */
  #show(message: RealtimeMessage): RealtimeMessage {
    if (message.event === 'connected') {
      this.#handshake.learn(message);
    }
    if (this.#messages.observed) {
      this.#messages.next(message);
    }
    return message;
  }
}
