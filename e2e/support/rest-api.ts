import type { APIRequestContext } from '@playwright/test';
import { type CreateSessionInput, Progress, Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** The server's REST interface: how a test sets the scene, and the truth that it compares a page with. */
export class RestApi {
  constructor(private readonly request: APIRequestContext) {}

  async createSession(input: CreateSessionInput): Promise<Session> {
    return v.parse(Session, await this.#post('/sessions', input));
  }

  /** Creates a session and starts it. */
  async startSession(input: CreateSessionInput): Promise<Session> {
    const session = await this.createSession(input);
    await this.start(session.id);
    return session;
  }

  async start(sessionId: string): Promise<void> {
    await this.#post(`/sessions/${sessionId}/start`, {});
  }

  async session(id: string): Promise<Session> {
    return v.parse(Session, await this.#get(`/sessions/${id}`));
  }

  async tasks(sessionId: string): Promise<Task[]> {
    return v.parse(v.array(Task), await this.#get(`/sessions/${sessionId}/tasks`));
  }

  async progress(sessionId: string): Promise<Progress> {
    return v.parse(Progress, await this.#get(`/sessions/${sessionId}/progress`));
  }

  async #get(path: string): Promise<unknown> {
    const response = await this.request.get(path);
    if (!response.ok()) throw new Error(`GET ${path}: ${response.status()} ${await response.text()}`);
    return response.json();
  }

  async #post(path: string, data: unknown): Promise<unknown> {
    const response = await this.request.post(path, { data });
    if (!response.ok()) throw new Error(`POST ${path}: ${response.status()} ${await response.text()}`);
    return response.json();
  }
}
