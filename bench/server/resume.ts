import type { StreamPosition, Task } from '@creative-autogpt/protocol';
import { WebSocket } from 'ws';

/** A message of the server, as far as it matters here. */
interface Message {
  readonly event: string;
  readonly id?: number;
  readonly data: StreamPosition & { readonly recovered: boolean; readonly events: readonly Message[] } & Task;
}

/** What a client has after it resumed. */
export interface Resumed {
  /** The journal's end. */
  readonly position: StreamPosition;
  /** Events that came, each once and in order. */
  readonly events: number;
  /** The tasks that they tell of, by id. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/**
 * Connects a new client, which has everything once this settles.
 *
 * @param from where it was before; undefined for one that begins now
 */
export async function resume(port: number, from?: StreamPosition): Promise<Resumed> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/ws`);
  try {
    return await new Promise((resolve, reject) => {
      const tasks = new Map<string, Task>();
      let position = { epoch: '', offset: Infinity };
      let newest = from?.offset ?? 0;
      const take = ({ event, id, data }: Message): void => {
        if (event === 'batch') {
          data.events.forEach(take);
        } else if (event === 'connected') {
          position = { epoch: data.epoch, offset: data.offset };
          newest = from === undefined ? data.offset : newest;
          if (data.recovered !== (from !== undefined)) {
            reject(new Error('The server could not bring the client up to date.'));
          }
        } else if (id === newest + 1) {
          newest = id;
          if (event === 'task.update') {
            tasks.set(data.task_id, data);
          }
        } else {
          reject(new Error(`Event ${id} came after ${newest}.`));
        }
      };
      socket.on('open', () => {
        const data = { capabilities: ['batch', 'resume'], resume: from };
        socket.send(JSON.stringify({ event: 'connect', data }));
      });
      socket.on('message', (frame: Buffer) => {
        take(JSON.parse(frame.toString()));
        if (newest === position.offset) {
          resolve({ position, events: newest - (from?.offset ?? newest), tasks });
        }
      });
      socket.on('error', reject);
      socket.on('close', (code) => {
        reject(new Error(`The server closed a client with ${code}.`));
      });
    });
  } finally {
    socket.terminate();
  }
}
