import { computed, inject, Injectable, signal } from '@angular/core';
import type { Decision, NewFeedback, Task } from '@creative-autogpt/protocol';
import { RealtimeError, RealtimeOutbox, RealtimeService } from '@creative-autogpt/realtime';
import { RestFailure, toRestFailure, UNREACHABLE } from '../platform/rest/rest-failure';
import { ServerReach } from '../platform/rest/server-reach';
import { SessionsStore } from './sessions/sessions-store';
import { TasksStore } from './tasks/tasks-store';

const HTTP_BAD_REQUEST = 400;

/** What a person has said that the server has not answered. */
type Said =
  | { readonly about: 'task'; readonly taskId: string; readonly decision: Decision }
  | { readonly about: 'session'; readonly sessionId: string };

/**
 * Decisions and notes of people. They go over the WebSocket with an id, so that the server does each once however often the
 * connection breaks, and wait in the outbox while the server is away. They last as long as the page, which is loaded anew when
 * the person signs out or another one signs in: what one person has said is never sent as another. A server that does not
 * acknowledge commands, or is reached by REST alone, is asked by REST.
 *
 * What starts, pauses and stops a session is not here: nobody wants that to happen later than asked for.
 */
@Injectable({ providedIn: 'root' })
export class Steering {
  readonly #outbox = inject(RealtimeOutbox);
  readonly #realtime = inject(RealtimeService);
  readonly #reach = inject(ServerReach);
  readonly #sessions = inject(SessionsStore);
  readonly #tasks = inject(TasksStore);
  readonly #unanswered = signal<readonly Said[]>([]);
  /** Whether what is said now waits until the connection is back. */
  readonly waits = computed(() => this.#reach.away());

  /** The decision about a task that the server has not answered; undefined where there is none. */
  decisionAbout(taskId: string): Decision | undefined {
    const said = this.#unanswered().find((each) => each.about === 'task' && each.taskId === taskId);
    return said?.about === 'task' ? said.decision : undefined;
  }

  /** Whether the server has not answered a note about a session. */
  hasFeedbackTo(sessionId: string): boolean {
    return this.#unanswered().some((each) => each.about === 'session' && each.sessionId === sessionId);
  }

  /** Decides about a text that waits for approval. Rejects with a `RestFailure` when the server refuses it. */
  async decide({ task_id: taskId, session_id: sessionId }: Task, decision: Decision): Promise<void> {
    await this.#say(
      { about: 'task', taskId, decision },
      { event: 'approve', session_id: sessionId, data: { ...decision, task_id: taskId } },
      () => this.#tasks.decide(taskId, decision),
    );
  }

  /** Tells the author something. Rejects with a `RestFailure` when the server refuses it. */
  async giveFeedback(sessionId: string, feedback: NewFeedback): Promise<void> {
    await this.#say(
      { about: 'session', sessionId },
      { event: 'feedback', session_id: sessionId, data: feedback },
      () => this.#sessions.giveFeedback(sessionId, feedback),
    );
  }

  async #say(
    said: Said,
    { event, ...fields }: { readonly event: string; readonly session_id: string; readonly data: object },
    byRest: () => Promise<unknown>,
  ): Promise<void> {
    this.#unanswered.update((others) => [...others, said]);
    try {
      if (this.#realtime.status() === 'connected' || this.#reach.away()) {
        await this.#outbox.request(event, fields);
      } else {
        await byRest();
      }
    } catch (error) {
      if (!(error instanceof RealtimeError)) {
        throw toRestFailure(error);
      }
      if (error.code !== 'not-supported') {
        throw failureOf(error);
      }
      await byRest();
    } finally {
      this.#unanswered.update((all) => all.filter((each) => each !== said));
    }
  }
}

/** Why a request of the outbox came to nothing: the server refused it, or has not answered. */
function failureOf({ code, message, serverCode }: RealtimeError): RestFailure {
  return code === 'request-refused'
    ? new RestFailure(HTTP_BAD_REQUEST, message, serverCode)
    : new RestFailure(UNREACHABLE, message);
}
