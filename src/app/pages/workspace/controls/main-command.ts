import type { SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import type { TextKey } from '../../../platform/i18n/dictionary';
import type { IconName } from '../../../platform/theme/icons';

/** The one command a person most likely wants next. */
export interface MainCommand {
  readonly command: SessionCommand;
  readonly name: TextKey;
  readonly icon: IconName;
}

const MAIN_COMMANDS: Readonly<Record<SessionStatus, MainCommand | null>> = {
  created: { command: 'start', name: 'workspace.start', icon: 'play' },
  running: { command: 'pause', name: 'workspace.pause', icon: 'pause' },
  paused: { command: 'resume', name: 'workspace.resume', icon: 'play' },
  completed: null,
  failed: { command: 'start', name: 'workspace.tryAgain', icon: 'play' },
  stopped: { command: 'start', name: 'workspace.startAgain', icon: 'play' },
};

/**
 * The main command in a status; null when the work is done.
 *
 * @param hasDamagedTask whether a start of the completed work would have a task written anew
 */
export function mainCommand(status: SessionStatus, hasDamagedTask: boolean): MainCommand | null {
  return MAIN_COMMANDS[status === 'completed' && hasDamagedTask ? 'stopped' : status];
}
