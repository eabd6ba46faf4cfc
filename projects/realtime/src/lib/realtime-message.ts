/**
 * One message on the wire: an event name and whatever belongs to it. Fields that nobody asked for pass
 * through.
 */
export interface RealtimeMessage {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Whether `value` is an object that names its event. */
export function isRealtimeMessage(value: unknown): value is RealtimeMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'event' in value &&
    typeof value.event === 'string'
  );
}

/** Whether `value` can be counted with: a whole number from 0 on, as offsets and times on the wire are. */
export function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** One field of what may be an object or not, since it comes from elsewhere. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
