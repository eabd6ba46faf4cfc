import { isDevMode, provideEnvironmentInitializer } from '@angular/core';
import { LINK_TAPS, type RealtimeFeature, type RealtimeMessage } from '@creative-autogpt/realtime';
import { FrameRecorder } from './frame-recorder';
import { INSPECTOR_SETTINGS, type InspectorOptions, type InspectorSettings } from './inspector-options';
import { RealtimeInspector } from './realtime-inspector';
import { recordTimeline } from './record-timeline';

/**
 * Records what goes over the connection, for `<rt-inspector>`: frames both ways, states and errors. In production
 * builds nothing is recorded unless `enabled` is `'always'`.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withInspector({ redact: ({ data, ...message }) => message }))
 * ```
 *
 * @throws RangeError when `limit` is not a positive integer.
 */
export function withInspector(options: InspectorOptions = {}): RealtimeFeature<'inspector'> {
  const { limit = 500, redact = unchanged, enabled = 'development' } = options;
  if (!(Number.isSafeInteger(limit) && limit > 0)) {
    throw new RangeError('withInspector: limit must be a positive integer.');
  }
  const isRecording = enabled === 'always' || isDevMode();
  const settings: InspectorSettings = { limit, redact, isRecording };
  return {
    ɵkind: 'inspector',
    ɵproviders: [
      { provide: INSPECTOR_SETTINGS, useValue: settings },
      RealtimeInspector,
      ...(isRecording
        ? [
            FrameRecorder,
            { provide: LINK_TAPS, multi: true, useExisting: FrameRecorder },
            provideEnvironmentInitializer(recordTimeline),
          ]
        : []),
    ],
    ɵoffers: [RealtimeInspector],
  };
}

function unchanged(message: RealtimeMessage): RealtimeMessage {
  return message;
}
