import type { InspectorRecord } from '../inspector-record';

/** What is shown: every record, the frames of one direction, or those of one kind. */
export type RecordSelection = 'everything' | 'in' | 'out' | 'state' | 'error';

/** Which records are shown. */
export interface RecordFilter {
  readonly selection: RecordSelection;
  /** Name of the event; empty for any. */
  readonly event: string;
  /** Text that the record contains, in whatever case; empty for any. */
  readonly text: string;
}

/** The records that pass the filter, newest first. */
export function filterRecords(
  records: readonly InspectorRecord[],
  { selection, event, text }: RecordFilter,
): readonly InspectorRecord[] {
  const wanted = text.trim().toLowerCase();
  return records
    .filter(
      (record) =>
        (selection === 'everything' || selection === selectionOf(record)) &&
        (event === '' || ('event' in record && record.event === event)) &&
        (wanted === '' || JSON.stringify(record).toLowerCase().includes(wanted)),
    )
    .reverse();
}

/** The names of all events in the records, in the order of the alphabet. */
export function eventsOf(records: readonly InspectorRecord[]): readonly string[] {
  const events = records.flatMap((record) =>
    'event' in record && record.event !== null ? [record.event] : [],
  );
  return [...new Set(events)].sort();
}

/** The narrowest selection that a record belongs to. */
export function selectionOf(record: InspectorRecord): Exclude<RecordSelection, 'everything'> {
  return record.kind === 'frame' ? record.direction : record.kind;
}
