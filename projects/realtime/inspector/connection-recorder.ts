import { inject, untracked } from '@angular/core';
import type {
  ExtensionHost,
  OutgoingFrame,
  RealtimeError,
  RealtimeErrorCode,
  RealtimeHooks,
  RealtimeMessage,
  TransportFrame,
} from '@creative-autogpt/realtime';
import { distinctUntilChanged, map, tap } from 'rxjs';
import { INSPECTOR_SETTINGS } from './inspector-options';
import type { FrameRecord } from './inspector-record';
import { RealtimeInspector } from './realtime-inspector';
import { redactSecrets } from './redact-secrets';

/** Messages of larger frames are not kept, in bytes. */
const LARGEST = 262_144;
/** Errors whose text quotes what was received. */
const QUOTING: readonly RealtimeErrorCode[] = [
  'undecodable-frame',
  'uninflatable-message',
  'invalid-message',
];

/** Records the states and errors of a client, and every frame of its connections in this tab, redacted. */
export class ConnectionRecorder implements RealtimeHooks {
  readonly #inspector = inject(RealtimeInspector);
  readonly #redact = inject(INSPECTOR_SETTINGS).redact;
  readonly #encoder = new TextEncoder();
  readonly #now: ExtensionHost['now'];

  constructor({ states, errors, now }: ExtensionHost) {
    this.#now = now;
    states
      .pipe(
        map(({ status, attempt }) => ({ status, attempt })),
        distinctUntilChanged((one, other) => one.status === other.status && one.attempt === other.attempt),
        tap((state) => this.#inspector.record({ kind: 'state', at: now(), ...state })),
      )
      .subscribe();
    errors.pipe(tap((error) => this.#recordError(error))).subscribe();
  }

  sent(frame: OutgoingFrame, message: RealtimeMessage): void {
    this.#record('out', frame, message);
  }

  received(frame: TransportFrame, message: RealtimeMessage | Error): void {
    this.#record('in', frame, message);
  }

  #recordError({ code, event, closeCode, message }: RealtimeError): void {
    this.#inspector.record({
      kind: 'error',
      at: this.#now(),
      code,
      event: event ?? null,
      closeCode: closeCode ?? null,
      text: QUOTING.includes(code) ? null : message,
    });
  }

  #record(
    direction: FrameRecord['direction'],
    frame: TransportFrame | OutgoingFrame,
    message: RealtimeMessage | Error,
  ): void {
    if (untracked(this.#inspector.paused)) {
      return;
    }
    const bytes = (typeof frame === 'string' ? this.#encoder.encode(frame) : frame).byteLength;
    const isUnreadable = message instanceof Error;
    this.#inspector.record({
      kind: 'frame',
      at: this.#now(),
      direction,
      bytes,
      event: isUnreadable ? null : message.event,
      ...(isUnreadable
        ? { message: null, withheld: 'unreadable' }
        : bytes > LARGEST
          ? { message: null, withheld: 'too-large' }
          : this.#redacted(message)),
    });
  }

  #redacted(message: RealtimeMessage): Pick<FrameRecord, 'message' | 'withheld'> {
    try {
      return { message: redactSecrets(this.#redact(message)), withheld: null };
    } catch {
      return { message: null, withheld: 'redact-failed' };
    }
  }
}
