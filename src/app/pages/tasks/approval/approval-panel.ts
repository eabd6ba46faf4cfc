import { LiveAnnouncer } from '@angular/cdk/a11y';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import {
  type ApprovalAction,
  type Decision,
  MAX_FEEDBACK_LENGTH,
  type Task,
} from '@creative-autogpt/protocol';
import { Drafts } from '../../../platform/sign-in/drafts';
import type { TextKey } from '../../../platform/i18n/dictionary';
import { injectTranslate } from '../../../platform/i18n/translate';
import { Notifications } from '../../../data/notifications/notifications';
import { toRestFailure } from '../../../platform/rest/rest-failure';
import { Icon } from '../../../platform/theme/icon';
import { Steering } from '../../../data/steering';
import { ApprovalDialogs } from './approval-dialogs';

const DECISION_NAMES: Readonly<Record<ApprovalAction, TextKey>> = {
  approve: 'approval.approve',
  regenerate: 'approval.submitRewrite',
  reject: 'approval.reject',
};

/** Asks for a decision about a text that waits for approval: to keep it, to rewrite it, or to drop it. */
@Component({
  selector: 'app-approval-panel',
  imports: [Icon, MatButton, MatFormField, MatHint, MatInput, MatLabel],
  templateUrl: './approval-panel.html',
  styleUrl: './approval-panel.scss',
  host: { role: 'group', '[attr.aria-label]': "t('approval.heading')" },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ApprovalPanel {
  readonly #steering = inject(Steering);
  readonly #dialogs = inject(ApprovalDialogs);
  readonly #notifications = inject(Notifications);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #drafts = inject(Drafts);
  readonly #injector = inject(Injector);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly field = viewChild<ElementRef<HTMLElement>>('field');
  private readonly opener = viewChild<string, ElementRef<HTMLElement>>('opener', { read: ElementRef });
  readonly #taskId = computed(() => this.task().task_id);
  readonly #subject = computed(() => `rewriting ${this.#taskId()}`);

  readonly task = input.required<Task>();
  /** Takes the focus once the decision is made and this panel is gone. */
  readonly focusAfter = input.required<HTMLElement>();

  protected readonly t = injectTranslate();
  protected readonly maxLength = MAX_FEEDBACK_LENGTH;
  readonly #unanswered = computed(() => this.#steering.decisionAbout(this.#taskId()));
  /** Whether a decision is under way; another one has to wait for it. */
  protected readonly busy = computed(() => this.#unanswered() !== undefined);
  /** Tells that a decision waits for the connection; null while none waits. */
  protected readonly queued = computed(() => {
    const decision = this.#unanswered();
    return decision !== undefined && this.#steering.waits()
      ? this.t('approval.queued', { decision: this.t(DECISION_NAMES[decision.action]) })
      : null;
  });
  protected readonly message = computed(() => this.#drafts.of(this.#subject()));
  /** Whether the field for feedback is open. It is open from the start where there is a draft. */
  protected readonly rewriting = linkedSignal({
    source: this.#taskId,
    computation: () => this.message() !== '',
  });

  constructor() {
    // Somebody else may decide while the focus is in here.
    inject(DestroyRef).onDestroy(() => {
      this.#passFocusTo(this.focusAfter());
    });
  }

  protected type(message: string): void {
    this.#drafts.keep(this.#subject(), message);
  }

  protected openRewriting(): void {
    this.rewriting.set(true);
    afterNextRender(() => this.field()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected closeRewriting(): void {
    this.#drafts.drop(this.#subject());
    this.rewriting.set(false);
    afterNextRender(() => this.opener()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected async approve(): Promise<void> {
    await this.#decide({ action: 'approve' });
  }

  protected async rewrite(): Promise<void> {
    const feedback = this.message().trim();
    await this.#decide({ action: 'regenerate', ...(feedback !== '' && { feedback }) });
  }

  protected async reject(): Promise<void> {
    const focusAfter = this.focusAfter();
    if (this.busy()) {
      return;
    }
    if (await this.#dialogs.confirmRejection(this.task())) {
      await this.#decide({ action: 'reject' });
    } else if (!this.#host.isConnected) {
      this.#passFocusTo(focusAfter);
    }
  }

  /** An update may remove this panel before the answer comes: values for later are read first. */
  async #decide(decision: Decision): Promise<void> {
    if (this.busy()) {
      return;
    }
    const task = this.task();
    const subject = this.#subject();
    const focusAfter = this.focusAfter();
    const answer = this.#steering.decide(task, decision);
    const queued = this.queued();
    if (queued !== null) {
      void this.#announcer.announce(queued);
    }
    try {
      await answer;
      this.#drafts.drop(subject);
      this.#passFocusTo(focusAfter);
      void this.#announcer.announce(this.t(`approval.done.${decision.action}`, { title: task.title }));
    } catch (error) {
      this.#notifications.failure(toRestFailure(error));
    }
  }

  /** Moves the focus, unless the person has put it elsewhere meanwhile. */
  #passFocusTo(target: HTMLElement): void {
    const { activeElement, body } = target.ownerDocument;
    if (activeElement === null || activeElement === body || this.#host.contains(activeElement)) {
      target.focus({ preventScroll: true });
    }
  }
}
