import { computed, inject, Injectable, signal } from '@angular/core';
import type { Decision, NewFeedback, Task } from '@creative-autogpt/protocol';
import { RealtimeError, RealtimeOutbox, RealtimeService } from '@creative-autogpt/realtime';
import { RestFailure, toRestFailure, UNREACHABLE } from '../platform/rest/rest-failure';
import { ServerReach } from '../platform/rest/server-reach';
import { SessionsStore } from './sessions/sessions-store';
import { TasksStore } from './tasks/tasks-store';

const HTTP_BAD_REQUEST = 400;

/** A decision or a note that the server has yet to answer. */
type Said =
  | { readonly about: 'task'; readonly taskId: string; readonly decision: Decision }
  | { readonly about: 'session'; readonly sessionId: string };

/**
 * Decisions about texts, and notes to the author. Each goes over the WebSocket under an id: the server does
 * it once, however often the connection breaks. While the server is away, it waits in the outbox. The outbox
 * lasts as long as the page, and the page is loaded anew when its person signs out or another person signs
 * in: a decision is sent in the name of the person who made it. REST takes the place of the WebSocket where
 * the WebSocket alone is lost, and where the server acknowledges no commands.
 *
 * Commands that start, pause or stop a session are in `SessionsStore`, since they must never happen later.
 */
@Injectable({ providedIn: 'root' })
export class Steering {
  readonly #outbox = inject(RealtimeOutbox);
  readonly #realtime = inject(RealtimeService);
  readonly #reach = inject(ServerReach);
  readonly #sessions = inject(SessionsStore);
  readonly #tasks = inject(TasksStore);
  readonly #unanswered = signal<readonly Said[]>([]);
  /** Whether a decision or a note made now waits until the connection is back. */
  readonly waits = computed(() => this.#reach.away());

  /** The decision about a task that the server has yet to answer; undefined where there is none. */
  decisionAbout(taskId: string): Decision | undefined {
    const said = this.#unanswered().find((each) => each.about === 'task' && each.taskId === taskId);
    return said?.about === 'task' ? said.decision : undefined;
  }

  /** Whether the server has yet to answer a note about a session. */
  hasFeedbackTo(sessionId: string): boolean {
    return this.#unanswered().some((each) => each.about === 'session' && each.sessionId === sessionId);
  }

  /**
   * Decides about a text that waits for approval. Rejects with a `RestFailure` when the server refuses it.
   */
  async decide({ task_id: taskId, session_id: sessionId }: Task, decision: Decision): Promise<void> {
    await this.#say(
      { about: 'task', taskId, decision },
      { event: 'approve', session_id: sessionId, data: { ...decision, task_id: taskId } },
      () => this.#tasks.decide(taskId, decision),
    );
  }

  /** Gives the author a note. Rejects with a `RestFailure` when the server refuses it. */
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

/** Why a request of the outbox failed: the server refused it, or gave no answer in time. */
function failureOf({ code, message, serverCode }: RealtimeError): RestFailure {
  return code === 'request-refused'
    ? new RestFailure(HTTP_BAD_REQUEST, message, serverCode)
    : new RestFailure(UNREACHABLE, message);
}
