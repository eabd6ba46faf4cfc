import { JournaledEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { Backend } from '../ports/backend';
import type { BackendKind, Place } from './backends';
import { RecordedLog } from './recorded-log';
import { wordsFor } from './words-for';
import type { EndedRun, Store, Stores } from '../ports/store';
import type { StoresOptions } from '../backends/stores-options';
import { ManualClock } from './manual-clock';
import { NOVEL, PLAN } from './sample-work';

/** Whose store most specs use. */
export const ADA = 'ada';
/** Somebody else. */
export const GRACE = 'grace';

/** A session with the ids of its two planned tasks. */
export interface PlannedNovel {
  readonly id: string;
  readonly outline: string;
  readonly draft: string;
}

/** Ada's store in a place of its own, and the events that it has published. */
export class StoreUnderTest {
  readonly clock = new ManualClock();
  /** Events since the store was opened or `forgetNews` was called. */
  readonly published: JournaledEvent[] = [];
  readonly endedRuns: EndedRun[] = [];
  readonly log = new RecordedLog();
  #backend: Backend | undefined;

  private constructor(
    readonly place: Place,
    private readonly options: StoresOptions,
  ) {}

  static async open(kind: BackendKind, options: StoresOptions = {}): Promise<StoreUnderTest> {
    const opened = new StoreUnderTest(await kind.makePlace(), options);
    await opened.#open();
    return opened;
  }

  get stores(): Stores {
    if (this.#backend === undefined) {
      throw new Error('The stores are not open.');
    }
    return this.#backend.stores;
  }

  get store(): Store {
    return this.stores.of(ADA);
  }

  /** The published events, in a few words each. */
  get news(): string[] {
    return this.published.map(wordsFor);
  }

  forgetNews(): void {
    this.published.length = 0;
  }

  /** Closes the stores and opens what they left, as the next start of the server does. */
  async reopen(): Promise<void> {
    await this.#close();
    await this.#open();
  }

  async remove(): Promise<void> {
    await this.#close();
    await this.place.remove();
  }

  /** A session with a plan of two tasks. The events that tell of it are forgotten. */
  async planNovel(store = this.store): Promise<PlannedNovel> {
    const { id } = await store.createSession(NOVEL);
    const [outline = '', draft = ''] = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks.map(({ task_id: taskId }) => taskId);
    });
    this.forgetNews();
    return { id, outline, draft };
  }

  async #open(): Promise<void> {
    this.#backend = await this.place.open({ clock: this.clock.now, log: this.log, ...this.options });
    this.store.published.subscribe(({ json }) =>
      this.published.push(v.parse(JournaledEvent, JSON.parse(json))),
    );
    this.stores.endedRuns.subscribe((ended) => this.endedRuns.push(ended));
    await this.store.publishedFrom();
  }

  async #close(): Promise<void> {
    await this.#backend?.close();
    this.#backend = undefined;
  }
}

/** Fresh stores for each spec of the suite that calls this, closed and removed after it. */
export function useStore(kind: BackendKind, options?: StoresOptions): () => StoreUnderTest {
  let current: StoreUnderTest | undefined;
  beforeEach(async () => {
    current = await StoreUnderTest.open(kind, options);
  });
  afterEach(async () => {
    await current?.remove();
    current = undefined;
  });
  return () => {
    if (current === undefined) {
      throw new Error('The stores are there only while a spec runs.');
    }
    return current;
  };
}
