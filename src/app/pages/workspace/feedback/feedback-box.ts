import { LiveAnnouncer } from '@angular/cdk/a11y';
import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MAX_FEEDBACK_LENGTH, type Session, type Task } from '@creative-autogpt/protocol';
import { Drafts } from '../../../platform/sign-in/drafts';
import { Format } from '../../../platform/i18n/format';
import { workLanguageTag } from '../../../platform/i18n/language';
import { injectTranslate } from '../../../platform/i18n/translate';
import { Notifications } from '../../../data/notifications/notifications';
import { toRestFailure } from '../../../platform/rest/rest-failure';
import { Steering } from '../../../data/steering';

/** Gives the author a note about the open task or all tasks to come, and lists the notes so far. */
@Component({
  selector: 'app-feedback-box',
  imports: [MatButton, MatFormField, MatHint, MatInput, MatLabel],
  templateUrl: './feedback-box.html',
  styleUrl: './feedback-box.scss',
  host: { role: 'group' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FeedbackBox {
  readonly #steering = inject(Steering);
  readonly #notifications = inject(Notifications);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #drafts = inject(Drafts);
  readonly #subject = computed(() => `told to the author of ${this.session().id}`);

  readonly session = input.required<Session>();
  /** The plan of the session. */
  readonly tasks = input.required<readonly Task[]>();
  /** The task whose text is open; undefined while none is. */
  readonly openTask = input.required<Task | undefined>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly maxLength = MAX_FEEDBACK_LENGTH;
  /** Whether a note is under way. Its text stays in the field until the server has it. */
  protected readonly busy = computed(() => this.#steering.hasFeedbackTo(this.session().id));
  /** Whether that note waits for the connection. */
  protected readonly queued = computed(() => this.busy() && this.#steering.waits());
  protected readonly message = computed(() => this.#drafts.of(this.#subject()));
  protected readonly language = computed(() => workLanguageTag(this.session().goal.language));
  /** The open task, unless it is finished: a note about a finished task would reach no author. */
  protected readonly unfinished = computed(() => {
    const task = this.openTask();
    return task?.status === 'completed' ? undefined : task;
  });
  /** Whether the note is for the open task alone. Chosen anew for each task. */
  protected readonly forTask = linkedSignal({
    source: computed(() => this.unfinished()?.task_id),
    computation: () => false,
  });
  /** Newest first. */
  protected readonly told = computed(() =>
    [...(this.session().feedback ?? [])].reverse().map((feedback) => ({
      ...feedback,
      about: this.#aboutText(feedback.task_id),
    })),
  );

  protected type(message: string): void {
    this.#drafts.keep(this.#subject(), message);
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const message = this.message().trim();
    if (message === '' || this.busy()) {
      return;
    }
    const subject = this.#subject();
    const task = this.forTask() ? this.unfinished() : undefined;
    const answer = this.#steering.giveFeedback(this.session().id, {
      message,
      ...(task !== undefined && { task_id: task.task_id }),
    });
    if (this.queued()) {
      void this.#announcer.announce(this.t('feedback.queued'));
    }
    try {
      await answer;
      this.#drafts.drop(subject);
      void this.#announcer.announce(this.t('feedback.sent'));
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
    }
  }

  #aboutText(taskId: string | null): string {
    if (taskId === null) {
      return this.t('feedback.forEverything');
    }
    const task = this.tasks().find(({ task_id: id }) => id === taskId);
    return this.t('feedback.forTask', { title: task?.title ?? this.t('feedback.unknownTask') });
  }
}
