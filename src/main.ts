import { isDevMode } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { routes } from './app/app.routes';
import { loadRuntimeConfig } from './app/platform/config/runtime-config';
import { preload } from './app/preload';

// The inspector is for developers: loaded in development builds, and where the address asks for it by
// `?inspect`.
const inspects = isDevMode() || new URLSearchParams(location.search).has('inspect');
const inspection = inspects ? await import('./app/inspection') : null;
const app = await bootstrapApplication(App, appConfig(await loadRuntimeConfig(), inspection?.INSPECTION));
inspection?.showInspector(app);
await preload(app, routes);
