import { provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { Page } from './page';
import { realtime } from './realtime';

void bootstrapApplication(Page, { providers: [provideZoneChangeDetection(), realtime()] });
