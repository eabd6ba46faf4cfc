import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import type { InspectorRecord } from '../inspector-record';
import type { InspectorLanguage, InspectorTexts } from './inspector-texts';
import { selectionOf } from './record-filter';

/** One record: a line, and its details when it is opened. */
@Component({
  selector: 'rt-inspector-record-row',
  templateUrl: './inspector-record-row.html',
  styleUrl: './inspector-record-row.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InspectorRecordRow {
  readonly record = input.required<InspectorRecord>();
  readonly texts = input.required<InspectorTexts>();
  readonly language = input.required<InspectorLanguage>();

  readonly #opened = signal(false);
  protected readonly isOpen = this.#opened.asReadonly();
  protected readonly selection = computed(() => selectionOf(this.record()));
  protected readonly time = computed(() => timeOf(this.language(), this.record().at));
  protected readonly size = computed(() => {
    const record = this.record();
    return record.kind === 'frame' ? sizeOf(this.language(), record.bytes) : '';
  });
  protected readonly summary = computed(() => {
    const record = this.record();
    switch (record.kind) {
      case 'frame':
        return record.event ?? this.texts().unreadable;
      case 'state':
        return record.attempt > 0
          ? `${record.status} (${this.texts().attempt} ${record.attempt})`
          : record.status;
      case 'error':
        return record.code;
    }
  });
  protected readonly details = computed(() => {
    const record = this.record();
    switch (record.kind) {
      case 'frame':
        return record.withheld ? this.texts()[record.withheld] : JSON.stringify(record.message, null, 2);
      case 'state':
        return JSON.stringify({ status: record.status, attempt: record.attempt }, null, 2);
      case 'error':
        return record.text ?? this.texts().quoted;
    }
  });

  protected toggle(): void {
    this.#opened.update((opened) => !opened);
  }
}

function timeOf(language: InspectorLanguage, at: number): string {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(at);
}

function sizeOf(language: InspectorLanguage, bytes: number): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return bytes < 1_000 ? `${number.format(bytes)} B` : `${number.format(bytes / 1_000)} kB`;
}
