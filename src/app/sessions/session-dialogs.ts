import { inject, Injectable } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { Session } from '@creative-autogpt/protocol';
import { lastValueFrom } from 'rxjs';

/** Asks about sessions in dialogs, each loaded when it is first needed. */
@Injectable({ providedIn: 'root' })
export class SessionDialogs {
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);

  /** Asks for a new work; once it is created and started, its workspace opens. */
  async create(): Promise<void> {
    const { NewSessionDialog } = await import('./new-session-dialog');
    const config = new MatDialogConfig<undefined>();
    config.width = '640px';
    config.panelClass = 'app-full-screen-on-phones';
    const dialog = this.dialog.open<unknown, undefined, Session>(NewSessionDialog, config);
    const session = await lastValueFrom(dialog.afterClosed(), { defaultValue: undefined });
    if (session !== undefined) {
      await this.router.navigate(['/workspace', session.id]);
    }
  }

  /** Asks for another title. */
  async rename(session: Session): Promise<void> {
    const { RenameSessionDialog } = await import('./rename-session-dialog');
    this.dialog.open(RenameSessionDialog, about(session));
  }

  /** Deletes a session if the person confirms it. Resolves with whether it is deleted. */
  async delete(session: Session): Promise<boolean> {
    const { DeleteSessionDialog } = await import('./delete-session-dialog');
    const config = about(session);
    config.role = 'alertdialog';
    const dialog = this.dialog.open<unknown, Session, true>(DeleteSessionDialog, config);
    return (await lastValueFrom(dialog.afterClosed(), { defaultValue: undefined })) ?? false;
  }
}

function about(session: Session): MatDialogConfig<Session> {
  const config = new MatDialogConfig<Session>();
  config.data = session;
  config.width = '480px';
  return config;
}
