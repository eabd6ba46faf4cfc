import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  inject,
  NgZone,
  type Signal,
  signal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { audit, Observable, tap, timer } from 'rxjs';
import { RealtimeInspector } from '../realtime-inspector';
import { InspectorRecordRow } from './inspector-record-row';
import { INSPECTOR_TEXTS, type InspectorTexts } from './inspector-texts';
import { PanelOutlet } from './panel-outlet';
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
  protected readonly language = inject(PanelOutlet).language;

  readonly #document = inject(DOCUMENT);
  protected readonly inspector = inject(RealtimeInspector, { optional: true });
  protected readonly selections = SELECTIONS;
  protected readonly selection = signal<RecordSelection>('everything');
  protected readonly event = signal('');
  protected readonly text = signal('');

  protected readonly texts: Signal<InspectorTexts> = computed(() => INSPECTOR_TEXTS[this.language()]);
  protected readonly records = signal(this.inspector?.records ?? []);
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

  constructor() {
    const { inspector } = this;
    const zone = inject(NgZone);
    // A timer of the Angular zone would keep an application with zone.js unstable for as long as messages
    // come.
    const refresh = new Observable((next) => zone.runOutsideAngular(() => timer(REFRESH).subscribe(next)));
    inspector?.changes
      .pipe(
        audit(() => refresh),
        tap(() => this.records.set(inspector.records)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

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
    const time = new Date().toISOString().replace(/:/g, '-');
    downloadText(this.#document, `realtime-${time}.json`, inspector.toJson());
  }
}

/** Offers `text` to the person as a file. */
function downloadText(document: Document, name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
