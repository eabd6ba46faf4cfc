import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TranslocoTestingModule } from '@jsverse/transloco';
import { RealtimeService } from '@creative-autogpt/realtime';
import { taskUpdate } from './data/realtime/events';
import { INSPECTION, showInspector } from './inspection';
import { en } from './platform/i18n/en';
import { LiveTesting } from './testing/live-testing';

describe('the inspector of the application', () => {
  const live = new LiveTesting(...INSPECTION);
  const shown = (): HTMLElement | null => document.querySelector('app-inspection');
  let updates: number;

  beforeEach(() => {
    TestBed.configureTestingModule({
      imports: [
        TranslocoTestingModule.forRoot({
          langs: { en },
          translocoConfig: { availableLangs: ['en'], defaultLang: 'en' },
          preloadLangs: true,
        }),
      ],
      providers: live.providers,
    });
    live.connect();
    updates = 0;
    TestBed.inject(RealtimeService)
      .on(taskUpdate)
      .subscribe(() => (updates += 1));
    showInspector(TestBed.inject(ApplicationRef));
    TestBed.tick();
  });
  afterEach(() => {
    shown()?.remove();
  });

  it('lies over every page', () => {
    expect(shown()?.parentElement).toBe(document.body);
  });

  it('shows the messages that were set aside, and what is wrong with them', () => {
    expect(shown()?.textContent).toContain('No message was set aside.');
    live.say({ event: 'task.update', data: { task_id: 't1', status: 'asleep' } });
    TestBed.tick();

    expect(updates).toBe(0);
    expect(shown()?.textContent).toMatch(/task\.update: Invalid type[^]*"asleep"/);
  });
});
