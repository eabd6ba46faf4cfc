import type { EventDefinition, RealtimeMessage } from '@creative-autogpt/realtime';

/** Which message is meant: the name of its event, the event's definition, or a predicate. */
export type SentMatch = string | EventDefinition<unknown> | ((message: RealtimeMessage) => boolean);

export function isMatch(match: SentMatch, message: RealtimeMessage): boolean {
  if (typeof match === 'function') {
    return match(message);
  }
  return message.event === (typeof match === 'string' ? match : match.name);
}
