import type { RealtimeMessage } from '@creative-autogpt/realtime';
import type { SentMatch } from './sent-match';
import type { TestConnection } from './test-connection';

const LONGEST = 160;

export function describeMessage(message: RealtimeMessage): string {
  const text = JSON.stringify(message);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export function describeMatch(match: SentMatch): string {
  if (typeof match === 'function') {
    return 'a message that satisfies the predicate';
  }
  return `"${typeof match === 'string' ? match : match.name}"`;
}

export function describeConnection({ request, state, closedBy }: TestConnection): string {
  const end = closedBy === null ? '' : ` by the ${closedBy}`;
  return `${request.url} (${state}${end})`;
}

/** One on each line, or `nothing` where there is none. */
export function listOf<T>(items: readonly T[], describe: (item: T) => string, nothing: string): string {
  return items.length === 0 ? nothing : items.map((item) => `\n  - ${describe(item)}`).join('');
}
