import { inject, Injectable } from '@angular/core';
import { type ActivatedRouteSnapshot, Router } from '@angular/router';
import type { ErrorEvent, SessionUpdate, TaskUpdate } from '@creative-autogpt/protocol';
import { type ConnectionStatus, RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { filter, pipe, tap } from 'rxjs';
import { codeText, failureText } from '../../platform/i18n/failure-text';
import { taskTypeName } from '../../platform/i18n/task-type-name';
import { injectTranslate } from '../../platform/i18n/translate';
import type { PageData } from '../../platform/page-data';
import { injectRealtimeHandlers } from '../realtime/realtime-handlers';
import { type RestFailure, UNREACHABLE } from '../../platform/rest/rest-failure';
import { isUnauthenticated } from '../../platform/rest/unauthenticated';
import { SessionsStore } from '../sessions/sessions-store';
import { TasksStore } from '../tasks/tasks-store';
import { type ToastOptions, TOASTS } from '../../platform/toasts';

/** Milliseconds by which an update may be later than the ending that it tells. A later update is no news. */
const OLD_ENDING = 1_000;

/**
 * Tells people by toasts about endings, waiting texts and failures, each once. The end of a session is told
 * on every page, the end of a task on the pages whose route says so.
 */
@Injectable({ providedIn: 'root' })
export class Notifications {
  readonly #toasts = inject(TOASTS);
  readonly #t = injectTranslate();
  readonly #router = inject(Router);
  readonly #sessions = inject(SessionsStore);
  readonly #tasks = inject(TasksStore);
  readonly #sessionEndings = new Endings();
  readonly #taskEndings = new Endings();

  constructor() {
    injectRealtimeHandlers({
      autoConnect: false,
      onSessionUpdate: (update) => {
        this.#sessionUpdated(update);
      },
      onTaskUpdate: (update) => {
        this.#taskUpdated(update);
      },
      onError: (error) => {
        this.error(error);
      },
    });
    const forget = rxMethod<ConnectionStatus>(
      pipe(
        filter((status) => status !== 'connected'),
        tap(() => {
          this.#sessionEndings.forget();
          this.#taskEndings.forget();
        }),
      ),
    );
    // After an interruption the stores know the last status: an ending that they have read is no news.
    forget(inject(RealtimeService).statusChanges);
  }

  /** Tells why an action of the person failed. */
  failure(failure: RestFailure): void {
    if (isUnauthenticated(failure)) {
      // The sign-in page tells this failure.
      return;
    }
    this.#toasts.error(
      failure.status === UNREACHABLE ? this.#t('toasts.unreachable') : failureText(failure, this.#t),
    );
  }

  #sessionUpdated({ session_id: id, data }: SessionUpdate): void {
    const { status, title } = data;
    const isNews = this.#sessionEndings.isNews(id, status, () => this.#sessions.sessionOf(id)?.status);
    if (!isNews || isOldEnding(data)) {
      return;
    }
    const options = this.#about(id, title);
    if (status === 'completed') {
      this.#toasts.success(this.#t('toasts.sessionCompleted'), options);
    } else if (status === 'failed') {
      this.#toasts.error(this.#t('toasts.sessionFailed'), options);
    }
  }

  #taskUpdated({ session_id: sessionId, data }: TaskUpdate): void {
    const { task_id: id, status } = data;
    const known = this.#tasks.taskOf(id);
    // Asked on every page: an ending that a silent page has seen is no news on the next page.
    const isNews = this.#taskEndings.isNews(id, status, () => known?.status);
    const session = sessionId ?? known?.session_id;
    if (!isNews || !this.#tellsTasksOf(session)) {
      return;
    }
    const task =
      data.title ?? known?.title ?? taskTypeName(data.task_type ?? known?.task_type ?? id, this.#t);
    const options = (several: 'tasksCompleted' | 'tasksFailed' | 'tasksWaiting'): ToastOptions => ({
      ...this.#about(session),
      joined: { kind: several, message: (count) => this.#t(`toasts.${several}`, { count, task }) },
    });
    if (status === 'completed') {
      this.#toasts.success(this.#t('toasts.taskCompleted', { task }), options('tasksCompleted'));
    } else if (status === 'failed') {
      this.#toasts.error(this.#t('toasts.taskFailed', { task }), options('tasksFailed'));
    } else if (status === 'pending_approval') {
      this.#toasts.info(this.#t('toasts.taskWaiting', { task }), options('tasksWaiting'));
    }
  }

  /** Tells an error of the server, unless a session is unknown: the page of that session says so. */
  error({ data }: ErrorEvent): void {
    if (data.code === 'unknown_session') {
      return;
    }
    // A server that sends no code writes its message for people; otherwise it is for developers, in English.
    const isForPeople = data.code === undefined && data.message !== '';
    this.#toasts.error(
      isForPeople ? data.message : (codeText(data.code, this.#t) ?? this.#t('toasts.error')),
    );
  }

  #tellsTasksOf(sessionId: string | undefined): boolean {
    const { tellsTasks }: PageData = this.#page?.data ?? {};
    return tellsTasks === 'all' || (tellsTasks === 'own' && this.#isOpen(sessionId));
  }

  /**
   * The title of a session, unless the page is that of the session.
   *
   * @param told the title that an update tells: the store may not know the session yet
   */
  #about(sessionId: string | undefined, told?: string): ToastOptions {
    const title = told ?? (sessionId === undefined ? undefined : this.#sessions.sessionOf(sessionId)?.title);
    return title === undefined || this.#isOpen(sessionId) ? {} : { about: title };
  }

  #isOpen(sessionId: string | undefined): boolean {
    return sessionId !== undefined && this.#page?.params['sessionId'] === sessionId;
  }

  get #page(): ActivatedRouteSnapshot | null {
    return this.#router.routerState.snapshot.root.firstChild;
  }
}

/**
 * Whether the session had ended before this update, which tells another change, such as that of the title.
 */
function isOldEnding({ completed_at: completedAt, updated_at: updatedAt }: SessionUpdate['data']): boolean {
  return !!completedAt && !!updatedAt && Date.parse(updatedAt) - Date.parse(completedAt) > OLD_ENDING;
}

/**
 * Remembers the last status of each session or task: the server may tell a status again, and a repeated
 * status is no news.
 */
class Endings {
  readonly #lastStatus = new Map<string, string>();

  /**
   * Whether this status is new. It is remembered.
   *
   * @param knownBefore the status that the store knew before; called for the first update only
   */
  isNews(id: string, status: string, knownBefore: () => string | undefined): boolean {
    const before = this.#lastStatus.get(id) ?? knownBefore();
    this.#lastStatus.set(id, status);
    return before !== status;
  }

  forget(): void {
    this.#lastStatus.clear();
  }
}
