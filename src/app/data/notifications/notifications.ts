import { inject, Injectable } from '@angular/core';
import {
  type ErrorEvent,
  type SessionUpdate,
  TASK_TYPES,
  type TaskType,
  type TaskUpdate,
} from '@creative-autogpt/protocol';
import { type ConnectionStatus, RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { asapScheduler, filter, observeOn, pipe, tap } from 'rxjs';
import { codeText, failureText } from '../../platform/i18n/failure-text';
import { injectTranslate } from '../../platform/i18n/translate';
import { sessionUpdate, taskUpdate } from '../realtime/events';
import { type RestFailure, UNREACHABLE } from '../../platform/rest/rest-failure';
import { isUnauthenticated } from '../../platform/rest/unauthenticated';
import { SessionsStore } from '../sessions/sessions-store';
import { TasksStore } from '../tasks/tasks-store';
import { Endings } from './endings';
import { type ToastOptions, TOASTS } from '../../platform/toasts';

/** An ending this much older than the update that tells it, in milliseconds, is no news. */
const OLD_ENDING = 1_000;

/** Tells people by toasts what has just ended or waits for them, and what went wrong. Each is told once. */
@Injectable({ providedIn: 'root' })
export class Notifications {
  private readonly toasts = inject(TOASTS);
  private readonly t = injectTranslate();
  private readonly sessions = inject(SessionsStore);
  private readonly tasks = inject(TasksStore);
  private readonly sessionEndings = new Endings();
  private readonly taskEndings = new Endings();

  constructor() {
    const realtime = inject(RealtimeService);
    const seeSession = rxMethod<SessionUpdate>(
      pipe(
        observeOn(asapScheduler),
        tap(({ session_id: id, data }) => this.sessionEndings.see(id, data.status)),
      ),
    );
    const seeTask = rxMethod<TaskUpdate>(
      pipe(
        observeOn(asapScheduler),
        tap(({ data }) => this.taskEndings.see(data.task_id, data.status)),
      ),
    );
    const forget = rxMethod<ConnectionStatus>(
      pipe(
        filter((status) => status !== 'connected'),
        tap(() => {
          this.sessionEndings.forget();
          this.taskEndings.forget();
        }),
      ),
    );
    // Updates count as seen on pages too that tell nobody; later than the pages' own handlers, whichever came first.
    seeSession(realtime.on(sessionUpdate));
    seeTask(realtime.on(taskUpdate));
    // What happened without a connection is known from the stores alone.
    forget(realtime.statusChanges);
  }

  /** Tells that a session has completed or failed. */
  sessionUpdated({ session_id: id, data }: SessionUpdate): void {
    const { status } = data;
    const isNews = this.sessionEndings.isNews(id, status, () => this.sessions.sessionOf(id)?.status);
    if (!isNews || isOldEnding(data)) {
      return;
    }
    if (status === 'completed') {
      this.toasts.success(this.t('toasts.sessionCompleted'));
    } else if (status === 'failed') {
      this.toasts.error(this.t('toasts.sessionFailed'));
    }
  }

  /**
   * Tells that a task has completed or failed, or that its text begins to wait for approval.
   *
   * @param about title of its session, where the page shows tasks of several
   */
  taskUpdated({ data }: TaskUpdate, about?: string): void {
    const { task_id: id, status } = data;
    if (!this.taskEndings.isNews(id, status, () => this.tasks.taskOf(id)?.status)) {
      return;
    }
    const known = this.tasks.taskOf(id);
    const task = data.title ?? known?.title ?? this.typeName(data.task_type ?? known?.task_type ?? id);
    const options = (several: 'tasksCompleted' | 'tasksFailed' | 'tasksWaiting'): ToastOptions => ({
      ...(about !== undefined && { about }),
      joined: { kind: several, message: (count) => this.t(`toasts.${several}`, { count, task }) },
    });
    if (status === 'completed') {
      this.toasts.success(this.t('toasts.taskCompleted', { task }), options('tasksCompleted'));
    } else if (status === 'failed') {
      this.toasts.error(this.t('toasts.taskFailed', { task }), options('tasksFailed'));
    } else if (status === 'pending_approval') {
      this.toasts.info(this.t('toasts.taskWaiting', { task }), options('tasksWaiting'));
    }
  }

  /** Tells what the server reports as an error. */
  error({ data }: ErrorEvent): void {
    // A server that sends no code writes its message for people; otherwise it is for developers, in English.
    const isForPeople = data.code === undefined && data.message !== '';
    this.toasts.error(isForPeople ? data.message : (codeText(data.code, this.t) ?? this.t('toasts.error')));
  }

  /** Tells why something the person wanted was not done. */
  failure(failure: RestFailure): void {
    if (isUnauthenticated(failure)) {
      // The sign-in page tells it.
      return;
    }
    this.toasts.error(
      failure.status === UNREACHABLE ? this.t('toasts.unreachable') : failureText(failure, this.t),
    );
  }

  private typeName(type: string): string {
    return isTaskType(type) ? this.t(`taskTypes.${type}`) : type;
  }
}

function isTaskType(type: string): type is TaskType {
  return TASK_TYPES.some((known) => known === type);
}

/** Whether something else changed about a session that had ended before, such as its title. */
function isOldEnding({ completed_at: completedAt, updated_at: updatedAt }: SessionUpdate['data']): boolean {
  return !!completedAt && !!updatedAt && Date.parse(updatedAt) - Date.parse(completedAt) > OLD_ENDING;
}
