import { inject, Injectable, untracked } from '@angular/core';
import {
  frameSize,
  type LinkTap,
  type OutgoingFrame,
  RealtimeError,
  type RealtimeMessage,
  type TransportFrame,
} from '@creative-autogpt/realtime';
import { INSPECTOR_SETTINGS } from './inspector-options';
import type { FrameRecord } from './inspector-record';
import { RealtimeInspector } from './realtime-inspector';
import { redactSecrets } from './redact-secrets';

/** Messages of larger frames are not kept, in bytes. */
const LARGEST = 262_144;

/** Records every frame of every connection of this tab, redacted. */
@Injectable()
export class FrameRecorder implements LinkTap {
  private readonly inspector = inject(RealtimeInspector);
  private readonly redact = inject(INSPECTOR_SETTINGS).redact;

  sent(frame: OutgoingFrame, message: RealtimeMessage): void {
    this.record('out', frame, message);
  }

  received(frame: TransportFrame, message: RealtimeMessage | RealtimeError): void {
    this.record('in', frame, message);
  }

  private record(
    direction: FrameRecord['direction'],
    frame: TransportFrame | OutgoingFrame,
    message: RealtimeMessage | RealtimeError,
  ): void {
    if (untracked(this.inspector.paused)) {
      return;
    }
    const bytes = frameSize(frame);
    const isUnreadable = message instanceof RealtimeError;
    this.inspector.record({
      kind: 'frame',
      direction,
      bytes,
      event: isUnreadable ? null : message.event,
      ...(isUnreadable
        ? { message: null, withheld: 'unreadable' }
        : bytes > LARGEST
          ? { message: null, withheld: 'too-large' }
          : this.redacted(message)),
    });
  }

  private redacted(message: RealtimeMessage): Pick<FrameRecord, 'message' | 'withheld'> {
    try {
      return { message: redactSecrets(this.redact(message)), withheld: null };
    } catch {
      return { message: null, withheld: 'redact-failed' };
    }
  }
}
