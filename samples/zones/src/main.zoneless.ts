import { bootstrapApplication } from '@angular/platform-browser';
import { Page } from './page';
import { realtime } from './realtime';

await bootstrapApplication(Page, { providers: [realtime()] });
