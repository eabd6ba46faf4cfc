import { SessionPage, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** Every session and task as the server tells of them, by `session ID` and `task ID`. */
export type ServerState = Map<string, object>;

/**
 * The state by REST.
 *
 * @param token signs in, where the server asks for that
 */
export async function snapshotOf(server: string, token?: string): Promise<ServerState> {
  const state: ServerState = new Map();
  for (let page = 1; ; page += 1) {
    const { items, total } = await get(`${server}/sessions?page=${page}&page_size=100`, SessionPage, token);
    for (const session of items) {
      state.set(`session ${session.id}`, session);
      for (const task of await get(`${server}/sessions/${session.id}/tasks`, v.array(Task), token)) {
        state.set(`task ${task.task_id}`, task);
      }
    }
    if (page * 100 >= total) {
      return state;
    }
  }
}

export function isCompleted(session: object | undefined): boolean {
  return session !== undefined && 'status' in session && session.status === 'completed';
}

async function get<T>(url: string, schema: v.GenericSchema<unknown, T>, token?: string): Promise<T> {
  const response = await fetch(url, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    throw new Error(`${url} was answered with ${response.status}`);
  }
  return v.parse(schema, await response.json());
}
