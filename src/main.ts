import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { loadRuntimeConfig } from './app/config/runtime-config';

await bootstrapApplication(App, appConfig(await loadRuntimeConfig()));
