import { ChangeDetectionStrategy, Component, computed, DOCUMENT, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type Session,
  type SessionCommand,
} from '@creative-autogpt/protocol';
import type { TextKey } from '../../../platform/i18n/dictionary';
import { injectTranslate } from '../../../platform/i18n/translate';
import { Notifications } from '../../../data/notifications/notifications';
import { toRestFailure } from '../../../platform/rest/rest-failure';
import { ServerReach } from '../../../platform/rest/server-reach';
import { SessionDialogs } from '../../sessions/session-dialogs';
import { type ExportedFile, SessionsStore } from '../../../data/sessions/sessions-store';
import { Icon } from '../../../platform/theme/icon';
import { mainCommand } from './main-command';

const FORMAT_NAMES: Readonly<Record<ExportFormat, TextKey>> = {
  txt: 'workspace.exportTxt',
  md: 'workspace.exportMd',
  json: 'workspace.exportJson',
  raw: 'workspace.exportRaw',
};

/** What can be done with a session in its status. */
@Component({
  selector: 'app-session-controls',
  imports: [Icon, MatButton, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './session-controls.html',
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
    }
  `,
  host: { role: 'group', '[attr.aria-label]': "t('workspace.controls')" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionControls {
  readonly #sessions = inject(SessionsStore);
  readonly #notifications = inject(Notifications);
  readonly #router = inject(Router);
  readonly #saveFile = injectSaveFile();

  readonly session = input.required<Session>();
  /** Whether the saved data of one of its tasks is damaged. */
  readonly hasDamagedTask = input(false);

  protected readonly t = injectTranslate();
  protected readonly dialogs = inject(SessionDialogs);
  /** What is stored helps only those who look for what damage has left. */
  protected readonly formats = computed(() =>
    EXPORT_FORMATS.filter(
      (format) => format !== 'raw' || this.session().damaged === true || this.hasDamagedTask(),
    ),
  );
  protected readonly formatNames = FORMAT_NAMES;
  /** Whether a request is under way; another one has to wait for it. */
  protected readonly busy = signal(false);
  protected readonly reach = inject(ServerReach);
  /** Whether nothing can be asked for now; the page says why. */
  protected readonly blocked = computed(() => this.busy() || this.reach.away());
  protected readonly main = computed(() => mainCommand(this.session().status, this.hasDamagedTask()));
  protected readonly canStop = computed(() => ['running', 'paused'].includes(this.session().status));

  protected async command(command: SessionCommand): Promise<void> {
    await this.#attempt(async () => {
      await this.#sessions.command(this.session().id, command);
    });
  }

  protected async export(format: ExportFormat): Promise<void> {
    await this.#attempt(async () => {
      this.#saveFile(await this.#sessions.export(this.session().id, format));
    });
  }

  protected async delete(): Promise<void> {
    if (await this.dialogs.delete(this.session())) {
      await this.#router.navigate(['/sessions']);
    }
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    if (this.blocked()) {
      return;
    }
    this.busy.set(true);
    try {
      await action();
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
    } finally {
      this.busy.set(false);
    }
  }
}

/** Hands a file to the browser's downloads. */
function injectSaveFile(): (file: ExportedFile) => void {
  const document = inject(DOCUMENT);
  return ({ blob, filename }) => {
    const url = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = url;
    link.download = filename;
    link.click();
    URL.revokeObjectURL(url);
  };
}
