import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  defineEvent,
  defineHandlers,
  RealtimeOutbox,
  RealtimeRecovery,
  RealtimeService,
} from '@creative-autogpt/realtime';
import { type Observable, tap } from 'rxjs';

const tick = defineEvent('tick');
const injectHandlers = defineHandlers({ onTick: tick });

/** What the server says, counted in plain fields. Make it in an injection context. */
export class Counts {
  readonly #realtime = inject(RealtimeService);
  readonly #outbox = inject(RealtimeOutbox);

  subscribed = 0;
  handled = 0;
  streamed = 0;
  framed = 0;
  gaps = 0;
  errors = 0;
  status = '';
  answer = '';

  /** @param changed called after each change, where nothing else tells Angular that there was one */
  constructor(private readonly changed: () => void) {
    const realtime = this.#realtime;
    this.#realtime.subscribe('tick', () => this.#change(() => (this.subscribed += 1)));
    injectHandlers({ onTick: () => this.#change(() => (this.handled += 1)) });
    this.#follow(realtime.on(tick), () => (this.streamed += 1));
    this.#follow(realtime.batched(tick), (ticks) => (this.framed += ticks.length));
    this.#follow(inject(RealtimeRecovery).gaps, () => (this.gaps += 1));
    this.#follow(realtime.errors, () => (this.errors += 1));
    this.#follow(realtime.statusChanges, (status) => (this.status = status));
  }

  /** Asks the server for ticks: some one by one, the rest in one batch. */
  async ask(alone: number, together: number): Promise<void> {
    this.answer = 'none';
    const { ok } = await this.#outbox.request('ticks', { data: { alone, together } });
    this.#change(() => (this.answer = ok ? 'done' : 'refused'));
  }

  #follow<T>(stream: Observable<T>, use: (value: T) => unknown): void {
    stream
      .pipe(
        tap((value) => this.#change(() => use(value))),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  #change(change: () => unknown): void {
    change();
    this.changed();
  }
}
