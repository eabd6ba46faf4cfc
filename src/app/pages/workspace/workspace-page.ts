import { AsyncPipe } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  linkedSignal,
  signal,
} from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import type { ErrorEvent, Task, WaitReason } from '@creative-autogpt/protocol';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { map, switchMap, tap } from 'rxjs';
import type { TextKey } from '../../platform/i18n/dictionary';
import { Notifications } from '../../data/notifications/notifications';
import { injectTaskActivity, newestFirst, shownStatus } from '../../data/activity';
import { ConnectionFacts } from '../../ui/connection-facts';
import { ActivityList } from '../../ui/activity-list';
import { AwayNote } from '../../ui/away-note';
import { failureWords, writingFailure } from '../../platform/i18n/failure-text';
import { Format } from '../../platform/i18n/format';
import { workLanguageTag } from '../../platform/i18n/language';
import { injectPageName } from '../../platform/i18n/page-title';
import { injectTranslate } from '../../platform/i18n/translate';
import { ProgressStore } from '../../data/progress/progress-store';
import { UNREACHABLE } from '../../platform/rest/rest-failure';
import { SessionsStore } from '../../data/sessions/sessions-store';
import { PageHeading } from '../../ui/page-heading';
import { TaskEvaluation } from '../tasks/task-evaluation';
import { TaskFacts } from '../tasks/task-facts';
import { TasksStore } from '../../data/tasks/tasks-store';
import { FailureDetails } from '../../ui/failure-details';
import { type Fact, FactList } from '../../ui/fact-list';
import { Icon } from '../../platform/theme/icon';
import { Notice } from '../../ui/notice';
import { ProgressLine } from '../../ui/progress-line';
import { StatusBadge } from '../../ui/status/status-badge';
import { SessionControls } from './controls/session-controls';
import { FeedbackBox } from './feedback/feedback-box';
import { type LiveTask, Manuscript } from './manuscript/manuscript';
import { openTask } from './open-task';
import { Plan } from './plan/plan';
import { finishedChapters } from './whole-work/chapters';
import { WholeWork } from './whole-work/whole-work';
import { WritingStore } from './writing-store';

/** `?task=` for all finished chapters together; no task has this id. */
const WHOLE_WORK = 'whole';

const SECTIONS = ['plan', 'manuscript', 'details'] as const;
type Section = (typeof SECTIONS)[number];
const SECTION_NAMES: Readonly<Record<Section, TextKey>> = {
  plan: 'workspace.plan',
  manuscript: 'workspace.manuscript',
  details: 'workspace.details',
};

const WAIT_TEXTS: Readonly<Record<WaitReason, TextKey>> = {
  silent: 'workspace.waits.silent',
  loading: 'workspace.waits.loading',
  limited: 'workspace.waits.limited',
  unreachable: 'workspace.waits.unreachable',
  failing: 'workspace.waits.failing',
};
/** By reason; those that are newer than this application have no text. */
const WAITS: ReadonlyMap<string, TextKey> = new Map(Object.entries(WAIT_TEXTS));

/** The values that decide which text is open. */
interface Shown {
  readonly address: { readonly sessionId: string; readonly task: string | undefined };
  readonly tasks: readonly Task[];
  readonly stays: boolean;
}

/** One session: its plan, its live text, and the controls to steer it. */
@Component({
  selector: 'app-workspace-page',
  imports: [
    ActivityList,
    AsyncPipe,
    AwayNote,
    ConnectionFacts,
    FactList,
    FailureDetails,
    FeedbackBox,
    Icon,
    Manuscript,
    MatButton,
    Notice,
    PageHeading,
    Plan,
    ProgressLine,
    RouterLink,
    SessionControls,
    StatusBadge,
    TaskEvaluation,
    TaskFacts,
    WholeWork,
  ],
  templateUrl: './workspace-page.html',
  styleUrl: './workspace-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WorkspacePage {
  readonly #sessions = inject(SessionsStore);
  readonly #tasksStore = inject(TasksStore);
  readonly #progressStore = inject(ProgressStore);
  readonly #writing = inject(WritingStore);
  readonly #router = inject(Router);

  readonly sessionId = input.required<string>();
  /** `?task=`: the task that the reader chose; without it the page follows what is being written. */
  readonly task = input<string>();
  readonly #address = computed(() => ({ sessionId: this.sessionId(), task: this.task() }));

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly sections = SECTIONS;
  protected readonly sectionNames = SECTION_NAMES;
  /** The section that narrow screens show. */
  protected readonly section = signal<Section>('manuscript');

  protected readonly session = computed(() => this.#sessions.sessionOf(this.sessionId()));
  protected readonly missing = computed(() => this.#sessions.missing(this.sessionId()));
  protected readonly failure = computed(() => {
    const error = this.#sessions.sessionFailure(this.sessionId());
    return error === null ? null : failureWords(error, this.t);
  });
  /** Whether nothing is known of the session yet. */
  protected readonly loading = computed(
    () => this.session() === undefined && !this.missing() && this.failure() === null,
  );
  protected readonly planState = computed(() => this.#tasksStore.planState(this.sessionId()));
  protected readonly planFailure = computed(() => {
    const error = this.#tasksStore.planFailure(this.sessionId());
    return error === null ? null : failureWords(error, this.t);
  });
  /** Whether the manuscript says already that the server cannot be reached. */
  protected readonly planUnreached = computed(
    () => this.#tasksStore.planFailure(this.sessionId())?.status === UNREACHABLE,
  );
  /** Empty until the whole plan is read: other pages know a part of it, without texts. */
  protected readonly tasks = computed(() =>
    this.planState() === 'loading' ? [] : this.#tasksStore.tasksOf(this.sessionId()),
  );
  readonly #taskActivity = injectTaskActivity(this.tasks);
  /** What happened to the tasks of this session. */
  protected readonly activity = toObservable(this.sessionId).pipe(
    switchMap((id) =>
      this.#taskActivity.pipe(
        map((changes) => changes.filter((change) => 'removed' in change || change.sessionId === id)),
        newestFirst(),
      ),
    ),
  );
  protected readonly sessionOf = this.#sessions.sessionOf;
  protected readonly hasDamagedTask = computed(() => this.tasks().some(({ damaged }) => damaged === true));
  /** The task that waits for approval. */
  protected readonly waiting = computed(() =>
    this.tasks().find(({ status }) => status === 'pending_approval'),
  );
  /** The status as people understand it, also from a server that does not count what waits. */
  protected readonly status = computed(() => {
    const session = this.session();
    const waiting = this.waiting() === undefined ? session?.pending_approval_tasks : 1;
    return session && shownStatus({ ...session, pending_approval_tasks: waiting });
  });
  protected readonly writingFailure = computed(() => writingFailure(this.session() ?? {}, this.t));
  protected readonly wholeWork = WHOLE_WORK;
  protected readonly chapters = computed(() => finishedChapters(this.tasks()));
  protected readonly wholeWorkOpen = computed(() => this.task() === WHOLE_WORK && this.chapters().length > 0);
  /** Whether the reader stays with the text that is open when another one begins. */
  readonly #readerStays = linkedSignal({
    source: () => this.#address(),
    computation: () => false,
  });
  readonly #openId = linkedSignal<Shown, string | undefined>({
    source: () => ({ address: this.#address(), tasks: this.tasks(), stays: this.#readerStays() }),
    computation: ({ address, tasks, stays }, previous) => {
      const seen = previous?.source.address === address ? previous.value : undefined;
      return openTask(tasks, address.task ?? (stays ? seen : undefined), seen)?.task_id;
    },
  });
  /** The task whose text is read; undefined while nothing is planned, or the whole work is read. */
  protected readonly open = computed(() =>
    this.wholeWorkOpen() ? undefined : this.tasks().find(({ task_id: id }) => id === this.#openId()),
  );
  protected readonly liveElsewhere = computed((): LiveTask | null => {
    const open = this.open()?.task_id;
    const isElsewhere = (task: Task | undefined): boolean => task !== undefined && task.task_id !== open;
    if (isElsewhere(this.tasks().find(({ status }) => status === 'running'))) {
      return 'running';
    }
    return isElsewhere(this.waiting()) ? 'pending_approval' : null;
  });
  protected readonly progress = computed(() => {
    const session = this.session();
    return (
      this.#progressStore.progressOf(this.sessionId()) ?? {
        completed_tasks: session?.completed_tasks ?? 0,
        total_tasks: session?.total_tasks ?? 0,
      }
    );
  });
  protected readonly language = computed(() => workLanguageTag(this.session()?.goal.language));
  /** Title of the task being written. */
  protected readonly current = computed(() =>
    this.session()?.status === 'running' ? this.progress().current_task : null,
  );
  /** What the model is waited for; null while it writes. */
  protected readonly modelWait = computed(() => {
    const waiting = this.tasks().find(({ status }) => status === 'running')?.waiting;
    const key = waiting && WAITS.get(waiting.reason);
    return key ? this.t(key, { time: waiting.until === null ? '' : this.format.time(waiting.until) }) : null;
  });
  protected readonly goal = computed<readonly Fact[]>(() => {
    const { t, format } = this;
    const goal = this.session()?.goal ?? {};
    const { chapter_count: chapters, word_count: length } = goal;
    return [
      { name: t('facts.genre'), value: goal.genre },
      { name: t('facts.style'), value: goal.style },
      { name: t('facts.chapters'), value: chapters === undefined ? null : format.number(chapters) },
      {
        name: t('facts.length'),
        value:
          length === undefined
            ? null
            : t(goal.language === 'en' ? 'facts.lengthEn' : 'facts.lengthZh', {
                value: format.number(length),
              }),
      },
      { name: t('facts.requirement'), value: goal.requirement },
    ];
  });

  constructor() {
    const notifications = inject(Notifications);
    rxMethod<ErrorEvent>(tap((refusal) => notifications.error(refusal)))(this.#writing.refusals);
    injectPageName(computed(() => this.session()?.title));
    // Ends with the page: a store would keep a signal that it was given, and the page with it.
    const open = rxMethod<string>(
      tap((sessionId) => {
        this.#read(sessionId);
        this.#writing.open(sessionId);
      }),
    );
    open(this.sessionId);
    inject(DestroyRef).onDestroy(() => {
      this.#writing.close();
    });
  }

  protected retry(): void {
    this.#read(this.sessionId());
  }

  /** Shows a task's text; without one, whatever is being written or waits for approval. */
  protected show(task: string | null): void {
    this.section.set('manuscript');
    this.#readerStays.set(false);
    void this.#router.navigate([], { queryParams: { task }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected stay(stays: boolean): void {
    this.#readerStays.set(stays);
  }

  #read(sessionId: string): void {
    this.#sessions.openSession(sessionId);
    this.#tasksStore.openSession(sessionId);
    this.#progressStore.openSession(sessionId);
  }
}
