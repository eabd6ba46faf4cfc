import { DestroyRef, inject, Injectable, signal, untracked } from '@angular/core';
import { type Observable, Subject } from 'rxjs';
import type { InspectorRecord, NewRecord } from './inspector-record';
import { INSPECTOR_SETTINGS } from './inspector-options';

/** Frames of this many bytes in all are kept at most, so that memory stays bounded whatever their number. */
const MAX_BYTES = 4 * 1_048_576;

/**
 * What the inspector has recorded. `<rt-inspector>` shows it; tests and bug reports can read it. Provided by
 * `withInspector()`.
 */
@Injectable()
export class RealtimeInspector {
  readonly #settings = inject(INSPECTOR_SETTINGS);
  readonly #subject = new Subject<void>();
  readonly #isPaused = signal(false);
  #kept: InspectorRecord[] = [];
  #bytes = 0;
  #nextId = 1;

  /** Whether this build records at all. */
  readonly isRecording = this.#settings.isRecording;
  /** Whether recording rests until {@link resume}. */
  readonly paused = this.#isPaused.asReadonly();
  /** Emits whenever {@link records} changed, which may be thousands of times a second. */
  readonly changes: Observable<void> = this.#subject.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#subject.complete());
  }

  /** Everything that is kept, oldest first. */
  get records(): readonly InspectorRecord[] {
    return this.#kept;
  }

  pause(): void {
    this.#isPaused.set(true);
  }

  resume(): void {
    this.#isPaused.set(false);
  }

  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#subject.next();
  }

  /** What is kept as a JSON document, with the times in ISO 8601. */
  toJson(): string {
    const records = this.#kept.map((record) => ({ ...record, at: new Date(record.at).toISOString() }));
    return JSON.stringify({ exportedAt: new Date().toISOString(), records }, null, 2);
  }

  /** Must be called with nothing secret in it. */
  record(record: NewRecord): void {
    if (untracked(this.#isPaused)) {
      return;
    }
    const added: InspectorRecord = { ...record, id: this.#nextId };
    this.#nextId += 1;
    this.#bytes += sizeOf(added);
    const kept = [...this.#kept, added];
    let gone = 0;
    for (const oldest of kept) {
      if (kept.length - gone <= this.#settings.limit && this.#bytes <= MAX_BYTES) {
        break;
      }
      this.#bytes -= sizeOf(oldest);
      gone += 1;
    }
    this.#kept = kept.slice(gone);
    this.#subject.next();
  }
}

function sizeOf(record: InspectorRecord): number {
  return record.kind === 'frame' && record.message ? record.bytes : 0;
}
