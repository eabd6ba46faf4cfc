/** The process of a well-behaved client: what keeps the attackers busy does not make it late. */
import { setTimeout as pause } from 'node:timers/promises';
import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { answerCalls } from '../../bench/server/linked-process';
import { ResumingClient } from '../../faults/cluster/resuming-client';
import { until } from '../../faults/storms/until';
import type { WitnessCalls, WitnessReport } from './witness-calls';

/** Time (ms) between two changes: half of what a client may ask for by default. */
const CHANGE_EVERY_MS = 100;
/** Time (ms) after which a change that got no answer is followed by the next. */
const ANSWER_MS = 10_000;
/** Time (ms) after which an event that did not come is lost. */
const EVENT_MS = 20_000;

const Titled = v.object({ data: v.object({ title: v.string() }) });

const FRESH = { changes: 0, lost: 0, worstMs: 0 };

class Witness {
  readonly #client: ResumingClient;
  readonly #headers: Record<string, string>;
  #seen = { ...FRESH };
  #refusals: Record<string, number> = {};
  #disorder = 0;
  #names = 0;
  #path = '';
  #lastChange: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    token?: string,
  ) {
    this.#client = new ResumingClient({ next: () => url, token });
    this.#headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  async begin(): Promise<void> {
    await until(() => this.#client.offset >= 0);
    const answer = await this.#ask('POST', '/sessions', 'The witness');
    const { id } = v.parse(Session, await answer?.json());
    this.#path = `/sessions/${id}`;
    void this.#goOn();
  }

  async report(): Promise<WitnessReport> {
    await this.#changeNext();
    const { outOfOrder, gaps } = this.#client.report;
    const report = { ...this.#seen, refusals: this.#refusals, disorder: outOfOrder + gaps - this.#disorder };
    this.#seen = { ...FRESH };
    this.#refusals = {};
    this.#disorder = outOfOrder + gaps;
    return report;
  }

  async #goOn(): Promise<void> {
    for (;;) {
      await this.#changeNext();
      await pause(CHANGE_EVERY_MS);
    }
  }

  /** Makes a change after those under way. */
  #changeNext(): Promise<void> {
    this.#lastChange = this.#lastChange.then(() => this.#change());
    return this.#lastChange;
  }

  async #change(): Promise<void> {
    this.#names += 1;
    const title = `Name ${this.#names}`;
    const begun = performance.now();
    const answer = await this.#ask('PATCH', this.#path, title);
    if (answer?.ok === true) {
      await answer.body?.cancel();
      this.#seen.changes += 1;
      await until(() => this.#hasEventOf(title), EVENT_MS).catch(() => {
        this.#seen.lost += 1;
      });
    }
    this.#seen.worstMs = Math.max(this.#seen.worstMs, Math.round(performance.now() - begun));
  }

  /** @returns undefined where there is no answer, as from a server that can open no connection */
  async #ask(method: string, path: string, title: string): Promise<Response | undefined> {
    try {
      const answer = await fetch(this.url + path, {
        method,
        headers: this.#headers,
        body: JSON.stringify({ title }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (!answer.ok) {
        await answer.body?.cancel();
        this.#refuse(answer.status);
      }
      return answer;
    } catch {
      this.#refuse('none');
      return undefined;
    }
  }

  #refuse(how: number | 'none'): void {
    this.#refusals[how] = (this.#refusals[how] ?? 0) + 1;
  }

  /** Reads the events that have come, and forgets them. */
  #hasEventOf(title: string): boolean {
    let isThere = false;
    for (const [offset, text] of this.#client.events) {
      const event = v.safeParse(Titled, JSON.parse(text));
      isThere ||= event.success && event.output.data.title === title;
      this.#client.events.delete(offset);
    }
    return isThere;
  }
}

let witness: Witness | undefined;

answerCalls<WitnessCalls>({
  begin: async ({ url, token }) => {
    witness = new Witness(url, token);
    await witness.begin();
  },
  report: () => {
    if (witness === undefined) {
      throw new Error('The witness has not begun.');
    }
    return witness.report();
  },
});
