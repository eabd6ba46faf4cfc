import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { BehaviorSubject, filter, type Observable, Subject } from 'rxjs';
import { ErrorReports } from '../connection/error-reports';
import { REALTIME_CONFIG, urlName } from '../realtime-config';
import { RealtimeError } from '../realtime-error';
import { isRealtimeMessage } from '../realtime-message';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { OutboxDatabase } from './outbox-database';
import { type OutboxEntry, randomId } from './outbox-entry';
import type { StoredMessage } from './stored-message';

const PREFIX = '@creative-autogpt/realtime outbox of ';

/**
 * Keeps persisted entries in IndexedDB, one operation after the other, beside the memory: nothing waits for
 * it, and when it fails the entries live as long as the page. Its code is loaded when the first message is
 * stored.
 */
@Injectable()
export class OutboxStorage {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #name = PREFIX + urlName(inject(REALTIME_CONFIG));
  readonly #losses = new Subject<readonly string[]>();
  #database: Promise<OutboxDatabase> | null = null;
  #idle: Promise<void> = Promise.resolve();
  #place = 0;
  #hasFailed = false;
  /** Whether the browser refused the mark; reported once. */
  #isUnmarkable = false;
  /** How often everything is about to be forgotten. */
  #clearings = 0;
  /**
   * Doubts that are not over: the lock may be taken away again before it is known what the first time has
   * cost.
   */
  #doubts = 0;

  /** Emits the ids that other pages have taken over, each time the doubt is over. */
  readonly losses: Observable<readonly string[]> = this.#losses.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      if (this.#database) {
        this.#run((database) => database.close());
      }
    });
  }

  /**
   * Whether other pages may have taken over what this page has stored: nothing of it may be sent meanwhile.
   */
  get isInDoubt(): boolean {
    return this.#doubts > 0;
  }

  /**
   * Gives `deliver` what earlier pages left behind, oldest first; more may follow when other pages close.
   *
   * @returns emits when that is done, at once when nothing was ever stored
   */
  restore(deliver: (messages: readonly StoredMessage[]) => void): Observable<unknown> {
    const done = new BehaviorSubject(!this.#isMarked());
    this.adopt(deliver);
    void this.#idle.then(() => done.next(true));
    return done.pipe(filter((isDone) => isDone));
  }

  /** Gives `deliver` what pages left behind that have gone, and more when others go. */
  adopt(deliver: (messages: readonly StoredMessage[]) => void): void {
    if (this.#isMarked()) {
      this.#run((database) => database.adopt(deliver, () => this.#clearings > 0));
    }
  }

  save({ id, message, madeAt, expiresAt, isRequest, key, strikes }: OutboxEntry): void {
    this.#mark();
    const place = ++this.#place;
    // Other pages know nothing of the clock of this one.
    const shift = clockTime(this.#scheduler) - this.#scheduler.now();
    const times = { madeAt: madeAt + shift, expiresAt: expiresAt + shift };
    const suspicion = strikes === null ? {} : { strikes };
    this.#run((database) => database.put({ id, message, ...times, place, isRequest, key, ...suspicion }));
  }

  /** Keeps how often the server closed the link over a message. */
  strike(id: string, strikes: number): void {
    this.#run((database) => database.strike(id, strikes));
  }

  remove(id: string): void {
    this.#run((database) => database.delete(id));
  }

  /**
   * Forgets everything, of other pages too, whether it is marked or not: the mark may have been cleared away.
   */
  clear(): void {
    this.#clearings += 1;
    this.#run((database) => database.clear());
    void this.#idle.then(() => (this.#clearings -= 1));
  }

  #run(operation: (database: OutboxDatabase) => Promise<void> | void): void {
    this.#idle = this.#idle
      .then(async () => operation(await this.#open()))
      .then(
        () => {
          this.#hasFailed = false;
        },
        (cause: unknown) => this.#fail(cause),
      );
  }

  #open(): Promise<OutboxDatabase> {
    this.#database ??= this.#load().catch((error: unknown) => {
      // The next operation tries again.
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  async #load(): Promise<OutboxDatabase> {
    const { OutboxDatabase } = await import('./outbox-database');
    return new OutboxDatabase(this.#name, {
      page: randomId(),
      isMessage: isRealtimeMessage,
      doubt: () => this.#ask(),
    });
  }

  #ask(): void {
    this.#doubts += 1;
    this.#run(async (database) => {
      let lost: readonly string[] = [];
      try {
        lost = await database.reclaim();
      } finally {
        this.#doubts -= 1;
        this.#losses.next(lost);
      }
    });
  }

  /** A series of failures is reported once. */
  #fail(cause: unknown): void {
    if (!this.#hasFailed) {
      this.#hasFailed = true;
      this.#report(
        ngDevMode && 'Persisted messages are kept in memory only: the browser refused to store them.',
        cause,
      );
    }
  }

  #report(text: string | false | null, cause: unknown): void {
    this.#reports.report(new RealtimeError('storage-failed', text, { cause }));
  }

  /** A mark beside the database says whether it is worth loading. */
  #mark(): void {
    try {
      this.#window?.localStorage.setItem(this.#name, '');
    } catch (cause) {
      if (!this.#isUnmarkable) {
        this.#isUnmarkable = true;
        this.#report(
          ngDevMode &&
            'Persisted messages are found by the next page only when it stores some itself: make room in localStorage.',
          cause,
        );
      }
    }
  }

  #isMarked(): boolean {
    try {
      return typeof this.#window?.localStorage.getItem(this.#name) === 'string';
    } catch {
      return false;
    }
  }
}
