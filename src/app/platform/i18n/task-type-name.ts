import { TASK_TYPES } from '@creative-autogpt/protocol';
import type { Translate } from './translate';

/**
 * Name of a kind of task; an unknown kind keeps the name that the server gave it. The function has its own
 * file because the list of kinds brings schemas along, which the first view does without.
 */
export function taskTypeName(type: string, t: Translate): string {
  const known = TASK_TYPES.find((name) => name === type);
  return known === undefined ? type : t(`taskTypes.${known}`);
}
