import { defineHandlers } from '@creative-autogpt/realtime';
import { errorEvent, progressUpdate, sessionUpdate, taskUpdate } from './events';

/**
 * Calls a handler for each of the application's events for as long as the calling component lives, and
 * connects unless the application has called `connect()` or `disconnect()`.
 *
 * @example constructor() {
 *   injectRealtimeHandlers({ onTaskUpdate: (message) => this.notifications.taskUpdated(message) });
 * }
 */
export const injectRealtimeHandlers = defineHandlers({
  onSessionUpdate: sessionUpdate,
  onTaskUpdate: taskUpdate,
  onProgress: progressUpdate,
  onError: errorEvent,
});
