import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { RealtimeService } from '@creative-autogpt/realtime';
import { filter, type Observable, scan, startWith, switchMap } from 'rxjs';
import { Format } from '../../../platform/i18n/format';
import { injectTranslate } from '../../../platform/i18n/translate';
import { taskUpdate } from '../../../data/realtime/events';
import { Icon } from '../../../platform/theme/icon';
import { STATUS_LOOKS } from '../../../ui/status/status-looks';
import { type Activity, withUpdate } from './task-activity';

/** What happened to the tasks of a session while it was open here, newest first. */
@Component({
  selector: 'app-activity-feed',
  imports: [AsyncPipe, Icon],
  template: `
    <ol>
      @for (activity of activities | async; track activity) {
        <li [attr.data-status]="activity.status">
          <app-icon [name]="looks[activity.status].icon" />
          <span>{{
            t('workspace.activityLine', {
              title: activity.title ?? activity.taskId,
              status: t(looks[activity.status].name),
            })
          }}</span>
          <time>{{ format.time(activity.at) }}</time>
        </li>
      } @empty {
        <li class="empty">{{ t('workspace.noActivity') }}</li>
      }
    </ol>
  `,
  styleUrl: './activity-feed.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ActivityFeed {
  private readonly realtime = inject(RealtimeService);

  readonly sessionId = input.required<string>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly looks = STATUS_LOOKS;
  protected readonly activities: Observable<readonly Activity[]> = toObservable(this.sessionId).pipe(
    switchMap((sessionId) =>
      this.realtime.on(taskUpdate).pipe(
        filter((message) => message.session_id === sessionId),
        scan((feed: readonly Activity[], message) => withUpdate(feed, message, Date.now()), []),
        startWith([]),
      ),
    ),
  );
}
