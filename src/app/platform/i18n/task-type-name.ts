import { TASK_TYPES } from '@creative-autogpt/protocol';
import type { Translate } from './translate';

/**
 * Name of a kind of task; a kind this application does not know is named as the server names it. It has a file of its own since
 * the first view does without the schemas that come with the kinds.
 */
export function taskTypeName(type: string, t: Translate): string {
  const known = TASK_TYPES.find((name) => name === type);
  return known === undefined ? type : t(`taskTypes.${known}`);
}
