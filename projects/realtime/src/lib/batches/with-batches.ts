import { inject } from '@angular/core';
import { ErrorReports } from '../connection/error-reports';
import { HANDSHAKE_PARTS, type HandshakePart } from '../connection/handshake-part';
import { LINK_STAGES, type LinkStage, STAGE_PHASE } from '../connection/link-stage';
import { makeFeature, type RealtimeFeature } from '../realtime-feature';
import { CallerZone } from '../zones/caller-zone';
import { unbatch } from './unbatch';

const ASK_FOR_BATCHES: HandshakePart = { capability: 'batch' };

/**
 * Asks the server to send several messages in one frame, which costs a browser a fraction of as many frames. Every
 * other part of the client sees single messages.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withBatches())
 * ```
 */
export function withBatches(): RealtimeFeature<'batches'> {
  return makeFeature('batches', [
    { provide: HANDSHAKE_PARTS, multi: true, useValue: ASK_FOR_BATCHES },
    { provide: LINK_STAGES, multi: true, useFactory: () => unbatching(STAGE_PHASE.unpack) },
    { provide: LINK_STAGES, multi: true, useFactory: () => unbatching(STAGE_PHASE.unpackInflated) },
  ]);
}

function unbatching(phase: number): LinkStage {
  const reports = inject(ErrorReports);
  const passesEncoded = phase === STAGE_PHASE.unpack;
  return { phase, through: unbatch(passesEncoded, inject(CallerZone), (error) => reports.report(error)) };
}
