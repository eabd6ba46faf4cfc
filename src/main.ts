import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { routes } from './app/app.routes';
import { loadRuntimeConfig } from './app/platform/config/runtime-config';
import { preload } from './app/preload';

await preload(await bootstrapApplication(App, appConfig(await loadRuntimeConfig())), routes);
