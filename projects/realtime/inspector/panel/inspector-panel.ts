import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  input,
  type Signal,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { type FrameScheduler, perFrame, REALTIME_SCHEDULER } from '@creative-autogpt/realtime';
import { EMPTY, map, startWith, tap, timer } from 'rxjs';
import { RealtimeInspector } from '../realtime-inspector';
import { downloadText } from './download-text';
import { InspectorRecordRow } from './inspector-record-row';
import { INSPECTOR_TEXTS, type InspectorLanguage, type InspectorTexts } from './inspector-texts';
import { eventsOf, filterRecords, type RecordSelection } from './record-filter';

/** Milliseconds within which changes of the records are shown together. */
const REFRESH = 100;

const SELECTIONS: readonly RecordSelection[] = ['everything', 'in', 'out', 'state', 'error'];

/** The inspector itself: filters, and the records that pass them, newest first. */
@Component({
  selector: 'rt-inspector-panel',
  imports: [InspectorRecordRow],
  templateUrl: './inspector-panel.html',
  styleUrl: './inspector-panel.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InspectorPanel {
  readonly language = input.required<InspectorLanguage>();

  private readonly document = inject(DOCUMENT);
  private readonly scheduler = inject(REALTIME_SCHEDULER);
  protected readonly inspector = inject(RealtimeInspector, { optional: true });
  protected readonly selections = SELECTIONS;
  protected readonly selection = signal<RecordSelection>('everything');
  protected readonly event = signal('');
  protected readonly text = signal('');

  private readonly shownTogether: FrameScheduler = (show) => {
    const waiting = timer(REFRESH, this.scheduler).pipe(tap(show)).subscribe();
    return () => waiting.unsubscribe();
  };

  protected readonly texts: Signal<InspectorTexts> = computed(() => INSPECTOR_TEXTS[this.language()]);
  protected readonly records = toSignal(
    (this.inspector?.changes ?? EMPTY).pipe(
      perFrame({ conflate: () => null, nextFrame: this.shownTogether }),
      startWith(null),
      map(() => this.inspector?.records ?? []),
    ),
    { requireSync: true },
  );
  protected readonly events = computed(() => eventsOf(this.records()));
  protected readonly shown = computed(() =>
    filterRecords(this.records(), { selection: this.selection(), event: this.event(), text: this.text() }),
  );
  protected readonly count = computed(
    () => `${this.shown().length} ${this.texts().shown} ${this.records().length}`,
  );
  /** Why there is nothing to see; null when there is. */
  protected readonly notice = computed(() => {
    const texts = this.texts();
    if (!this.inspector) {
      return texts.missing;
    }
    if (!this.inspector.isRecording) {
      return texts.off;
    }
    return this.shown().length > 0 ? null : this.records().length === 0 ? texts.empty : texts.noMatch;
  });

  protected select(value: string): void {
    this.selection.set(SELECTIONS.find((selection) => selection === value) ?? 'everything');
  }

  protected togglePause(inspector: RealtimeInspector): void {
    if (inspector.paused()) {
      inspector.resume();
    } else {
      inspector.pause();
    }
  }

  protected export(inspector: RealtimeInspector): void {
    const time = new Date(this.scheduler.now()).toISOString().replace(/:/g, '-');
    downloadText(this.document, `realtime-${time}.json`, inspector.toJson());
  }
}
