import { inject, Injectable } from '@angular/core';
import {
  CommandResult,
  type CreateSessionInput,
  type ExportFormat,
  type NewFeedback,
  Overview,
  Progress,
  Session,
  type SessionCommand,
  SessionPage,
  type SessionStatus,
} from '@creative-autogpt/protocol';
import { map, type Observable } from 'rxjs';
import type { Positioned } from '@creative-autogpt/realtime';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { type Attachment, RestClient } from '../../platform/rest/rest-client';

/** The REST calls about sessions. Each errors with a `RestFailure` only. */
@Injectable({ providedIn: 'root' })
export class SessionsApi {
  readonly #rest = inject(RestClient);

  page({ page, pageSize, filter }: PageQuery<SessionStatus>): Observable<Positioned<SessionPage>> {
    return this.#rest.read('/sessions', SessionPage, {
      page,
      page_size: pageSize,
      status_filter: filter ?? undefined,
    });
  }

  session(id: string): Observable<Positioned<Session>> {
    return this.#rest.read(pathOf(id), Session);
  }

  overview(): Observable<Positioned<Overview>> {
    return this.#rest.read('/overview', Overview);
  }

  progress(id: string): Observable<Positioned<Progress>> {
    return this.#rest.read(`${pathOf(id)}/progress`, Progress);
  }

  create(input: CreateSessionInput): Observable<Session> {
    return this.#rest.post('/sessions', input, Session);
  }

  rename(id: string, title: string): Observable<Session> {
    return this.#rest.patch(pathOf(id), { title }, Session);
  }

  remove(id: string): Observable<void> {
    return this.#rest.delete(pathOf(id), CommandResult).pipe(map(() => undefined));
  }

  command(id: string, command: SessionCommand): Observable<CommandResult> {
    return this.#rest.post(`${pathOf(id)}/${command}`, {}, CommandResult);
  }

  feedback(id: string, feedback: NewFeedback): Observable<Session> {
    return this.#rest.post(`${pathOf(id)}/feedback`, feedback, Session);
  }

  export(id: string, format: ExportFormat): Observable<Attachment> {
    return this.#rest.download(`${pathOf(id)}/export`, { format });
  }
}

function pathOf(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
