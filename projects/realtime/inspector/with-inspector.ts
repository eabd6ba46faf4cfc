import { isDevMode } from '@angular/core';
import type { RealtimeExtension, RealtimeMessage } from '@creative-autogpt/realtime';
import { ConnectionRecorder } from './connection-recorder';
import { INSPECTOR_SETTINGS, type InspectorOptions, type InspectorSettings } from './inspector-options';
import { RealtimeInspector } from './realtime-inspector';

/**
 * Records what goes over the connection, for `<rt-inspector>`: frames both ways, states and errors. In
 * production builds nothing is recorded unless `enabled` is `'always'`.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withInspector({ redact: ({ data, ...message }) => message }))
 * ```
 *
 * @throws RangeError when `limit` is not a positive integer.
 */
export function withInspector(options: InspectorOptions = {}): RealtimeExtension {
  const { limit = 500, redact = unchanged, enabled = 'development' } = options;
  if (!(Number.isSafeInteger(limit) && limit > 0)) {
    throw new RangeError('withInspector: limit must be a positive integer.');
  }
  const isRecording = enabled === 'always' || isDevMode();
  const settings: InspectorSettings = { limit, redact, isRecording };
  return {
    id: 'inspector',
    providers: [{ provide: INSPECTOR_SETTINGS, useValue: settings }, RealtimeInspector],
    offers: [RealtimeInspector],
    hooks: (host) => (isRecording ? new ConnectionRecorder(host) : {}),
  };
}

function unchanged(message: RealtimeMessage): RealtimeMessage {
  return message;
}
