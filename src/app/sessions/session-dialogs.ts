import { inject, Injectable } from '@angular/core';
import { MatDialog, type MatDialogConfig } from '@angular/material/dialog';
import { Router } from '@angular/router';
import type { Session } from '@creative-autogpt/protocol';
import { firstValueFrom } from 'rxjs';

/** Asks about sessions in dialogs, each loaded when it is first needed. */
@Injectable({ providedIn: 'root' })
export class SessionDialogs {
  private readonly dialog = inject(MatDialog);
  private readonly router = inject(Router);

  /** Asks for a new work; once it is created and started, its workspace opens. */
  async create(): Promise<void> {
    const { NewSessionDialog } = await import('./new-session-dialog');
    const dialog = this.dialog.open<unknown, undefined, Session>(NewSessionDialog, {
      ...DIALOG,
      panelClass: 'app-full-screen-on-phones',
      width: '640px',
    });
    const session = await firstValueFrom(dialog.afterClosed());
    if (session !== undefined) {
      await this.router.navigate(['/workspace', session.id]);
    }
  }

  /** Asks for another title. */
  async rename(session: Session): Promise<void> {
    const { RenameSessionDialog } = await import('./rename-session-dialog');
    this.dialog.open(RenameSessionDialog, { ...DIALOG, data: session, width: '480px' });
  }

  /** Deletes a session if the person confirms it. Resolves with whether it is deleted. */
  async delete(session: Session): Promise<boolean> {
    const { DeleteSessionDialog } = await import('./delete-session-dialog');
    const dialog = this.dialog.open<unknown, Session, true>(DeleteSessionDialog, {
      ...DIALOG,
      data: session,
      width: '480px',
      role: 'alertdialog',
    });
    return (await firstValueFrom(dialog.afterClosed())) ?? false;
  }
}

const DIALOG = { maxWidth: 'calc(100vw - 32px)', restoreFocus: true } satisfies MatDialogConfig;
