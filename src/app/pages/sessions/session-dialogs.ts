import { inject, Injectable } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { Session } from '@creative-autogpt/protocol';
import { lastValueFrom } from 'rxjs';
import { Notifications } from '../../data/notifications/notifications';
import { toRestFailure } from '../../platform/rest/rest-failure';

/** Asks about sessions in dialogs, each loaded when it is first needed. */
@Injectable({ providedIn: 'root' })
export class SessionDialogs {
  readonly #dialog = inject(MatDialog);
  readonly #router = inject(Router);
  readonly #notifications = inject(Notifications);

  /** Asks for a new work; once it is created and started, its workspace opens. */
  async create(): Promise<void> {
    const loaded = await this.#loaded(import('./new-session-dialog'));
    if (loaded === null) {
      return;
    }
    const config = new MatDialogConfig<undefined>();
    config.width = '640px';
    config.panelClass = 'app-full-screen-on-phones';
    const dialog = this.#dialog.open<unknown, undefined, Session>(loaded.NewSessionDialog, config);
    const session = await lastValueFrom(dialog.afterClosed(), { defaultValue: undefined });
    if (session !== undefined) {
      await this.#router.navigate(['/workspace', session.id]);
    }
  }

  /** Asks for another title. */
  async rename(session: Session): Promise<void> {
    const loaded = await this.#loaded(import('./rename-session-dialog'));
    if (loaded !== null) {
      this.#dialog.open(loaded.RenameSessionDialog, about(session));
    }
  }

  /** Deletes a session if the person confirms it. Resolves with whether it is deleted. */
  async delete(session: Session): Promise<boolean> {
    const loaded = await this.#loaded(import('./delete-session-dialog'));
    if (loaded === null) {
      return false;
    }
    const config = about(session);
    config.role = 'alertdialog';
    const dialog = this.#dialog.open<unknown, Session, true>(loaded.DeleteSessionDialog, config);
    return (await lastValueFrom(dialog.afterClosed(), { defaultValue: undefined })) ?? false;
  }

  /** The code of a dialog; null when the server that has it cannot be reached, and the person is told. */
  async #loaded<Code>(code: Promise<Code>): Promise<Code | null> {
    try {
      return await code;
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
      return null;
    }
  }
}

function about(session: Session): MatDialogConfig<Session> {
  const config = new MatDialogConfig<Session>();
  config.data = session;
  config.width = '480px';
  return config;
}
