import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Session } from '@creative-autogpt/protocol';
import { workLanguageTag } from '../../platform/i18n/language';
import { Format } from '../../platform/i18n/format';
import { injectTranslate } from '../../platform/i18n/translate';
import { ProgressLine } from '../../ui/progress-line';
import { StatusBadge } from '../../ui/status/status-badge';
import { shownStatus } from '../../data/activity';

/** One session at a glance, leading to its workspace. Actions on it go inside. */
@Component({
  selector: 'app-session-card',
  imports: [ProgressLine, RouterLink, StatusBadge],
  template: `
    <div class="top">
      <app-status-badge [status]="status()" />
      <ng-content />
    </div>
    <a class="title" [attr.lang]="language()" [routerLink]="['/workspace', session().id]">{{
      session().title
    }}</a>
    @if (session().damaged) {
      <p class="kind">{{ t('sessions.damaged') }}</p>
    } @else {
      <p class="kind">{{ kind() }}</p>
      <app-progress-line
        [attr.aria-label]="t('sessions.progressOf', { title: session().title })"
        [done]="session().completed_tasks"
        [total]="session().total_tasks"
      />
      <p class="facts">
        <span>{{ tasks() }}</span>
        <time [attr.datetime]="session().updated_at" [title]="format.moment(session().updated_at)">{{
          t('sessions.updated', { when: format.ago(session().updated_at) })
        }}</time>
      </p>
    }
  `,
  styleUrl: './session-card.scss',
  host: { '[attr.data-status]': 'status()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionCard {
  readonly session = input.required<Session>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly status = computed(() => shownStatus(this.session()));
  protected readonly language = computed(() => workLanguageTag(this.session().goal.language));
  protected readonly kind = computed(() => {
    const { genre, style } = this.session().goal;
    return [genre, style].filter((word) => word !== undefined && word !== '').join(' · ');
  });
  protected readonly tasks = computed(() => {
    const { completed_tasks: done, total_tasks: total } = this.session();
    return total === 0
      ? this.t('sessions.notPlanned')
      : this.t('sessions.tasks', { done: this.format.number(done), total: this.format.number(total) });
  });
}
