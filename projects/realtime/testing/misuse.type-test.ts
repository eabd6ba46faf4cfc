/** What must not compile, and what must. Compiled with the specs, never run. */
import { defineEvent } from '@creative-autogpt/realtime';
import type { RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import * as v from 'valibot';

const taskUpdate = defineEvent(
  'task.update',
  v.looseObject({ event: v.literal('task.update'), data: v.object({ status: v.picklist(['running']) }) }),
);

export function play(controller: RealtimeTestingController): void {
  controller.emit({ event: 'task.update' });
  controller.emit(taskUpdate, { data: { status: 'running' } });
  controller.expectSent(taskUpdate).refuse({ code: 'internal', message: 'no' });

  // @ts-expect-error a message names its event
  controller.emit({ data: {} });
  // @ts-expect-error a typed message has fields
  controller.emit(taskUpdate);
  // @ts-expect-error the event has no such status
  controller.emit(taskUpdate, { data: { status: 'asleep' } });
  // @ts-expect-error a refusal has a code
  controller.expectSent('start').refuse({ message: 'no' });
  // @ts-expect-error a connection is accepted with known options
  controller.expectConnection().accept({ recovered: true });
}
