import { inject, Injectable } from '@angular/core';
import { type Decision, Task, TaskPage, type TaskStatus } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import { array } from 'valibot';
import type { Positioned } from '@creative-autogpt/realtime';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { RestClient } from '../../platform/rest/rest-client';

/** The REST calls about tasks. Each errors with a `RestFailure` only. */
@Injectable({ providedIn: 'root' })
export class TasksApi {
  readonly #rest = inject(RestClient);

  /** Tasks of all sessions, last changed first, without their texts. */
  page({ page, pageSize, filter }: PageQuery<TaskStatus>): Observable<Positioned<TaskPage>> {
    return this.#rest.read('/tasks', TaskPage, {
      page,
      page_size: pageSize,
      status_filter: filter ?? undefined,
    });
  }

  task(taskId: string): Observable<Positioned<Task>> {
    return this.#rest.read(`/tasks/${encodeURIComponent(taskId)}`, Task);
  }

  /** Decides about a text that waits for approval. */
  decide(taskId: string, decision: Decision): Observable<Task> {
    return this.#rest.post(`/tasks/${encodeURIComponent(taskId)}/approve`, decision, Task);
  }

  /** The whole plan of a session, with its texts. */
  ofSession(sessionId: string): Observable<Positioned<Task[]>> {
    return this.#rest.read(`/sessions/${encodeURIComponent(sessionId)}/tasks`, array(Task));
  }
}
