import { TASK_TYPES } from '@creative-autogpt/protocol';
import type { Translate } from '../../platform/i18n/translate';

/** Name of a kind of task; a kind this application does not know is named as the server names it. */
export function taskTypeName(type: string, t: Translate): string {
  const known = TASK_TYPES.find((name) => name === type);
  return known === undefined ? type : t(`taskTypes.${known}`);
}
