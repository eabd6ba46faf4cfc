import { bootstrapApplication } from '@angular/platform-browser';
import { type FrameScheduler, REALTIME_FRAMES, RealtimeService } from '@creative-autogpt/realtime';
import { App } from '../../../src/app/app';
import { appConfig } from '../../../src/app/app.config';
import { loadRuntimeConfig } from '../../../src/app/platform/config/runtime-config';
import { taskUpdate } from '../../../src/app/data/realtime/events';
import { TasksStore } from '../../../src/app/data/tasks/tasks-store';
import { FloodWatch } from './flood-watch';
import './store-under-test';

/** No frame is waited for: what arrives is handed on at once, alone. */
const atOnce: FrameScheduler = (callback) => {
  callback();
  return () => undefined;
};

const { providers } = appConfig(await loadRuntimeConfig());
const { injector } = await bootstrapApplication(App, {
  providers: [providers, window.oneWritePerUpdate ? { provide: REALTIME_FRAMES, useValue: atOnce } : []],
});
const watch = new FloodWatch();
injector
  .get(RealtimeService)
  .on(taskUpdate)
  .subscribe(({ id }) => watch.take(id ?? 0));
const store = injector.get(TasksStore);
window.storeUnderTest = {
  received: () => watch.received,
  tasks: () => store.entities(),
  watch: () => watch.begin(),
  finish: (updates) => watch.finish(updates),
};
