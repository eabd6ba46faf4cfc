import { map, merge, type Observable, type SchedulerLike, Subject } from 'rxjs';
import { decodeFrame, encodeMessage } from '../codec/framing';
import type { IncomingStage, OpenedSocket, RealtimeHooks } from '../extensions/realtime-hooks';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import type { TransportFrame } from '../transport/transport';
import type { ConnectionStateStore } from './connection-state-store';
import type { ErrorReports } from './error-reports';
import type { Handshake } from './handshake';
import { inTurn } from './in-turn';
import type { Handover, RealtimeLink } from './realtime-link';

/** What the links of a client share. */
export interface LinkContext {
  readonly hooks: readonly RealtimeHooks[];
  readonly handshake: Handshake;
  readonly reports: ErrorReports;
  readonly scheduler: SchedulerLike;
  readonly state: ConnectionStateStore;
  readonly doubted: Observable<void>;
}

/** The steps on the way in, first to last. Companions see what comes out of those of reading. */
const READING: readonly IncomingStage['phase'][] = ['inflate', 'unpack'];
const ORDERING: readonly IncomingStage['phase'][] = ['order'];

/** One open socket: how its frames become messages, and messages its frames. */
export class SocketLink implements RealtimeLink {
  readonly #opened: OpenedSocket;
  readonly #context: LinkContext;
  readonly #early = new Subject<TransportFrame>();
  readonly #heard = new Subject<void>();
  readonly #messages = new Subject<RealtimeMessage>();
  readonly #watchers: readonly RealtimeHooks[];
  #heardAt: number;

  readonly heard: Observable<void> = this.#heard;
  readonly messages: Observable<RealtimeMessage> = this.#messages;
  readonly doubted: Observable<void>;

  /** The messages for subscribers, in order. Every step on their way works for as long as this is subscribed to. */
  readonly incoming: Observable<RealtimeMessage>;

  constructor(opened: OpenedSocket, context: LinkContext) {
    this.#opened = opened;
    this.#context = context;
    this.#heardAt = context.scheduler.now();
    this.#watchers = context.hooks.filter(({ received }) => received);
    this.doubted = context.doubted;
    const { frames } = opened.socket;
    const read = (opened.early ? merge(frames, this.#early) : frames).pipe(
      inTurn((frame: TransportFrame, emit: (message: RealtimeMessage) => void) => this.#hear(frame, emit)),
    );
    this.incoming = this.#through(
      ORDERING,
      this.#through(READING, read).pipe(map((message) => this.#show(message))),
    );
  }

  readonly heardAt = (): number => this.#heardAt;

  readonly send = (message: RealtimeMessage): Handover => {
    const { socket, codec } = this.#opened;
    const { hooks, reports } = this.#context;
    const frame = encodeMessage(codec, message, hooks);
    if (frame instanceof RealtimeError) {
      reports.report(frame);
      return 'refused';
    }
    if (!socket.send(frame)) {
      return 'closed';
    }
    hooks.forEach((each) => each.sent?.(frame, message));
    return 'sent';
  };

  /** Reads the frames that arrived before the codec was there. */
  readEarly(): void {
    this.#opened.early?.forEach((frame) => this.#early.next(frame));
  }

  #through(
    phases: readonly IncomingStage['phase'][],
    messages: Observable<RealtimeMessage>,
  ): Observable<RealtimeMessage> {
    const stages = this.#context.hooks.flatMap(({ incoming }) => incoming ?? []);
    return phases
      .flatMap((phase) => stages.filter((stage) => stage.phase === phase))
      .reduce((staged, { through }) => through(staged), messages);
  }

  /** What happens while observers are being told of something comes after it. */
  #hear(frame: TransportFrame, emit: (message: RealtimeMessage) => void): undefined {
    const { state } = this.#context;
    if (state.isTelling) {
      state.tell(() => this.#read(frame, emit));
    } else {
      this.#read(frame, emit);
    }
  }

  #read(frame: TransportFrame, emit: (message: RealtimeMessage) => void): void {
    const { reports, scheduler } = this.#context;
    this.#heardAt = scheduler.now();
    if (this.#heard.observed) {
      this.#heard.next();
    }
    const message = decodeFrame(this.#opened.codec, frame);
    for (const each of this.#watchers) {
      each.received?.(frame, message);
    }
    if (message instanceof RealtimeError) {
      reports.report(message);
    } else {
      emit(message);
    }
  }

  /** Companions come before subscribers, and may end the link because of this very message. */
  #show(message: RealtimeMessage): RealtimeMessage {
    if (message.event === 'connected') {
      this.#context.handshake.learn(message);
    }
    if (this.#messages.observed) {
      this.#messages.next(message);
    }
    return message;
  }
}
