import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Session, SessionPage, Task } from '@creative-autogpt/protocol';

/** As many connections as a browser opens to one server. */
const CONNECTIONS = 6;

const PAGE_SIZE = 100;

/** Loads every session and its tasks over REST. @returns the tasks by id */
export async function reload(port: number): Promise<ReadonlyMap<string, Task>> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const load = async (path: string): Promise<string> => {
    const response = await new Promise<Parameters<typeof text>[0]>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent }, resolve).on('error', reject);
    });
    return text(response);
  };
  try {
    const sessions: Session[] = [];
    for (let page = 1, total = 1; sessions.length < total; page += 1) {
      const answer: SessionPage = JSON.parse(await load(`/sessions?page=${page}&page_size=${PAGE_SIZE}`));
      sessions.push(...answer.items);
      total = answer.total;
    }
    const tasks = await Promise.all(
      sessions.map(async ({ id }) => {
        const answer: readonly Task[] = JSON.parse(await load(`/sessions/${id}/tasks`));
        return answer;
      }),
    );
    return new Map(tasks.flat().map((task) => [task.task_id, task]));
  } finally {
    agent.destroy();
  }
}
