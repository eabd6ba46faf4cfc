import { ErrorHandler, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import * as v from 'valibot';
import { defineEvent } from '../lib/events/event-definition';
import type { Positioned } from '../lib/live/positioned';
import {
  type RealtimeResource,
  realtimeResource,
  type RealtimeResourceOptions,
} from '../lib/live/realtime-resource';
import { provideRealtime } from '../lib/provide-realtime';
import type { RealtimeExtension } from '../lib/extensions/realtime-extension';
import { RealtimeService } from '../lib/realtime-service';
import { withRecovery } from '../lib/recovery/with-recovery';
import { withRetry } from '../lib/retry/with-retry';
import { tick } from './client';
import { lastSocket } from './fake-web-socket';

/** The status of each task by its id. */
export type Tasks = Readonly<Record<string, string>>;

export const taskUpdate = defineEvent(
  'task.update',
  v.looseObject({ data: v.object({ id: v.string(), status: v.string() }) }),
);
export const taskDeleted = defineEvent('task.deleted', v.looseObject({ data: v.object({ id: v.string() }) }));

/** How long a frame takes at most, in milliseconds. */
export const FRAME = 250;

/** A client whose server and whose loads the spec plays, and a resource of tasks. */
export class PlayedResource {
  /** The loads that were begun, oldest first. */
  readonly loads: Subject<Tasks | Positioned<Tasks>>[] = [];
  /** The signal that aborts each load. */
  readonly aborts: AbortSignal[] = [];
  /** What the `ErrorHandler` was given. */
  readonly thrown: unknown[] = [];

  constructor(...features: readonly RealtimeExtension[]) {
    sessionStorage.clear();
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test/' }, withRetry({ jitter: 0 }), ...features),
        { provide: ErrorHandler, useValue: { handleError: (error: unknown) => this.thrown.push(error) } },
      ],
    });
  }

  /** With recovery, and connected at offset 0 of epoch `e`. */
  static connected(): PlayedResource {
    const played = new PlayedResource(withRecovery());
    played.connect();
    return played;
  }

  make<Params>(
    options: Partial<RealtimeResourceOptions<Tasks, Params>> = {},
  ): RealtimeResource<Tasks | undefined> {
    return realtimeResource<Tasks, Params>({
      load: ({ abortSignal }) => {
        const answer = new Subject<Tasks | Positioned<Tasks>>();
        this.loads.push(answer);
        this.aborts.push(abortSignal);
        return answer;
      },
      on: (on) => [
        on(taskUpdate, (known, { data }) => ({ ...known, [data.id]: data.status })),
        on(taskDeleted, (known, { data }) =>
          Object.fromEntries(Object.entries(known).filter(([id]) => id !== data.id)),
        ),
      ],
      injector: TestBed.inject(Injector),
      ...options,
    });
  }

  connect(): void {
    TestBed.inject(RealtimeService).connect();
    this.#accept({ offset: 0, recovered: false });
  }

  reconnect(connected: { readonly offset: number; readonly recovered: boolean }): void {
    lastSocket().drop();
    tick(10_000);
    this.#accept(connected);
  }

  update(id: string, status: string, offset?: number): void {
    lastSocket().emit({ event: 'task.update', data: { id, status }, ...(offset && { id: offset }) });
  }

  delete(id: string): void {
    lastSocket().emit({ event: 'task.deleted', data: { id } });
  }

  /** The newest load answers. */
  answer(value: Tasks | Positioned<Tasks>): void {
    this.loads.at(-1)?.next(value);
  }

  /** The newest load fails. */
  fail(): void {
    this.loads.at(-1)?.error(new Error('503'));
  }

  #accept(connected: object): void {
    lastSocket()
      .accept()
      .emit({ event: 'connected', data: { client_id: 'c', epoch: 'e', ...connected } });
  }
}
