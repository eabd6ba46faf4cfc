import type { SessionStatus, TaskStatus } from '@creative-autogpt/protocol';
import type { TextKey } from '../../platform/i18n/dictionary';
import type { IconName } from '../../platform/theme/icons';

export type Status = SessionStatus | TaskStatus;

/** How a status is shown: never by its colour alone. */
export interface StatusLook {
  readonly icon: IconName;
  readonly name: TextKey;
}

export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  created: { icon: 'circle', name: 'status.created' },
  pending: { icon: 'circle', name: 'status.pending' },
  pending_approval: { icon: 'review', name: 'status.pending_approval' },
  running: { icon: 'quill', name: 'status.running' },
  paused: { icon: 'pause', name: 'status.paused' },
  completed: { icon: 'check', name: 'status.completed' },
  failed: { icon: 'failure', name: 'status.failed' },
  stopped: { icon: 'stop', name: 'status.stopped' },
};

/**
 * Statuses of sessions in counts and filters, where `running` is also that of sessions which wait for
 * approval.
 */
export const SESSION_LOOKS: Readonly<Record<SessionStatus, StatusLook>> = {
  ...STATUS_LOOKS,
  running: { ...STATUS_LOOKS.running, name: 'status.inProgress' },
};
