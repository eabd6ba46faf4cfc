import { inject, Injectable } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import type { Task } from '@creative-autogpt/protocol';
import { lastValueFrom } from 'rxjs';
import { Notifications } from '../../../data/notifications/notifications';
import { toRestFailure } from '../../../platform/rest/rest-failure';

/** Asks about decisions that take something away, in dialogs loaded when they are first needed. */
@Injectable({ providedIn: 'root' })
export class ApprovalDialogs {
  readonly #dialog = inject(MatDialog);
  readonly #notifications = inject(Notifications);

  /** Whether the person really wants a text dropped. */
  async confirmRejection(task: Task): Promise<boolean> {
    try {
      const { RejectTaskDialog } = await import('./reject-task-dialog');
      const config = new MatDialogConfig<Task>();
      config.data = task;
      config.width = '480px';
      config.role = 'alertdialog';
      const dialog = this.#dialog.open<unknown, Task, boolean>(RejectTaskDialog, config);
      return (await lastValueFrom(dialog.afterClosed(), { defaultValue: false })) ?? false;
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
      return false;
    }
  }
}
