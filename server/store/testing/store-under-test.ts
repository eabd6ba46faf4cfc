import type { ServerEvent } from '@creative-autogpt/protocol';
import type { JournalRetention } from '../journal/journal';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { ManualClock } from './manual-clock';
import { NOVEL, PLAN } from './sample-work';
import { useTemporaryDirectory } from './temporary-directory';

/** A store in a directory of its own, and what it has announced. */
export class StoreUnderTest {
  readonly clock = new ManualClock();
  readonly store: Store;
  /** Everything announced since the store was opened or `planNovel` was called. */
  readonly announced: ServerEvent[] = [];

  constructor(
    readonly directory: string,
    retention?: JournalRetention,
  ) {
    this.store = openStore(directory, this.clock.now, retention);
    this.store.announcements.subscribe(({ event }) => this.announced.push(event));
  }

  /** What was announced, in a few words each. */
  get news(): string[] {
    return this.announced.map(wordsFor);
  }

  /** A session with the ids of its two planned tasks. */
  planNovel(): { id: string; outline: string; draft: string } {
    const { id } = this.store.createSession(NOVEL);
    const [outline, draft] = this.store.planSession(id, PLAN);
    this.announced.length = 0;
    return { id, outline: outline?.task_id ?? '', draft: draft?.task_id ?? '' };
  }
}

/** A fresh store for each spec of the suite that calls this, closed after it. */
export function useStore(retention?: JournalRetention): () => StoreUnderTest {
  const directory = useTemporaryDirectory();
  let current: StoreUnderTest | undefined;
  beforeEach(() => {
    current = new StoreUnderTest(directory(), retention);
  });
  afterEach(() => {
    current?.store.close();
    current = undefined;
  });
  return () => {
    if (current === undefined) {
      throw new Error('The store is there only while a spec runs.');
    }
    return current;
  };
}

/** An update in a few words, such as `session.update running 1/2`. */
export function wordsFor(event: ServerEvent): string {
  if (event.event === 'task.update') {
    return `task.update ${event.data.status}`;
  }
  if (event.event === 'progress.update') {
    return `progress.update ${event.data.completed_tasks}/${event.data.total_tasks}`;
  }
  if (event.event === 'session.update') {
    return `session.update ${event.data.status} ${event.data.completed_tasks}/${event.data.total_tasks}`;
  }
  return event.event;
}
