import { booleanAttribute, ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Session } from '@creative-autogpt/protocol';
import { Format } from '../platform/i18n/format';
import { workLanguageTag } from '../platform/i18n/language';
import { injectTranslate } from '../platform/i18n/translate';
import { Icon } from '../platform/theme/icon';
import { type Status, STATUS_LOOKS } from './status/status-looks';

/** A session or a task that has come to a status. */
export interface ActivityEntry {
  /** Id of the task or the session. */
  readonly id: string;
  readonly of: 'session' | 'task';
  readonly sessionId: string | undefined;
  readonly title: string | undefined;
  readonly status: Status;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * Activity, one line for each entry, newest first. The list has its full height from the beginning, so that
 * nothing below it moves. Screen readers do not announce its changes: they are frequent, and would interrupt
 * the reader. A task leads to its text; a session has a card nearby.
 */
@Component({
  selector: 'app-activity-list',
  imports: [Icon, RouterLink],
  template: `
    <ol [style.min-block-size.rem]="rows() * lineHeight">
      @for (entry of shown(); track entry.id + entry.status + entry.at) {
        <li [attr.data-status]="entry.status" [style.block-size.rem]="lineHeight">
          <app-icon [name]="looks[entry.status].icon" />
          <span class="line">
            @if (entry.of === 'task' && entry.sessionId !== undefined) {
              <a
                class="title"
                [attr.lang]="entry.language"
                [routerLink]="['/workspace', entry.sessionId]"
                [queryParams]="{ task: entry.id }"
                >{{ entry.title }}</a
              >
            } @else {
              <span class="title" [attr.lang]="entry.language">{{ entry.title }}</span>
            }
            <span class="status">{{ t(looks[entry.status].name) }}</span>
            @if (entry.about; as about) {
              <span class="about" [attr.lang]="entry.language">{{ about }}</span>
            }
          </span>
          <time [attr.datetime]="entry.at" [title]="format.moment(entry.at)">{{ format.ago(entry.at) }}</time>
        </li>
      } @empty {
        <li class="empty">{{ empty() }}</li>
      }
    </ol>
  `,
  styleUrl: './activity-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ActivityList {
  /** Newest first; null until the list is known. */
  readonly entries = input.required<readonly ActivityEntry[] | null>();
  /** Most lines shown, and the lines that have room from the beginning. */
  readonly rows = input.required<number>();
  /** Text of a list without entries. */
  readonly empty = input.required<string>();
  /** The session with an id; undefined where it is unknown. */
  readonly sessionOf = input.required<(id: string) => Session | undefined>();
  /** Whether the list covers several sessions, so that each task names its session. @default false */
  readonly several = input(false, { transform: booleanAttribute });

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly looks = STATUS_LOOKS;
  /** Height of a line, in rem. */
  protected readonly lineHeight = 2;
  protected readonly shown = computed(() =>
    (this.entries() ?? []).slice(0, this.rows()).map((entry) => {
      const session = this.sessionOf()(entry.sessionId ?? '');
      return {
        ...entry,
        title: (entry.of === 'session' ? session?.title : undefined) ?? entry.title ?? entry.id,
        about: this.several() && entry.of === 'task' ? session?.title : undefined,
        language: workLanguageTag(session?.goal.language),
      };
    }),
  );
}
