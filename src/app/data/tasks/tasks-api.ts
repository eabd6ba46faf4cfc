import { inject, Injectable } from '@angular/core';
import { type Decision, Task, TaskPage, type TaskStatus } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';
import { array } from 'valibot';
import type { PageQuery } from '../live/live-page';
import { RestClient } from '../../platform/rest/rest-client';

/** The REST calls about tasks. Each errors with a `RestFailure` only. */
@Injectable({ providedIn: 'root' })
export class TasksApi {
  private readonly rest = inject(RestClient);

  /** Tasks of all sessions, last changed first, without their texts. */
  page({ page, pageSize, statusFilter }: PageQuery<TaskStatus>): Observable<TaskPage> {
    return this.rest.get('/tasks', TaskPage, {
      page,
      page_size: pageSize,
      status_filter: statusFilter ?? undefined,
    });
  }

  task(taskId: string): Observable<Task> {
    return this.rest.get(`/tasks/${encodeURIComponent(taskId)}`, Task);
  }

  /** Decides about a text that waits for approval. */
  decide(taskId: string, decision: Decision): Observable<Task> {
    return this.rest.post(`/tasks/${encodeURIComponent(taskId)}/approve`, decision, Task);
  }

  /** The whole plan of a session, with its texts. */
  ofSession(sessionId: string): Observable<Task[]> {
    return this.rest.get(`/sessions/${encodeURIComponent(sessionId)}/tasks`, array(Task));
  }
}
