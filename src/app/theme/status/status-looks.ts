import type { SessionStatus, TaskStatus } from '@creative-autogpt/protocol';
import type { TextKey } from '../../i18n/dictionary';
import type { IconName } from '../icon/icons';

export type Status = SessionStatus | TaskStatus;

/** How a status is shown: never by its colour alone. */
export interface StatusLook {
  readonly icon: IconName;
  readonly name: TextKey;
}

export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  created: { icon: 'circle', name: 'sessionStatus.created' },
  pending: { icon: 'circle', name: 'taskStatus.pending' },
  running: { icon: 'quill', name: 'sessionStatus.running' },
  paused: { icon: 'pause', name: 'sessionStatus.paused' },
  completed: { icon: 'check', name: 'sessionStatus.completed' },
  failed: { icon: 'failure', name: 'sessionStatus.failed' },
  stopped: { icon: 'stop', name: 'sessionStatus.stopped' },
};
