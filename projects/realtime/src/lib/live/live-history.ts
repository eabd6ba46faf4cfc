import { untracked } from '@angular/core';
import type { StreamPosition } from '../recovery/stream-position';
import type { LiveClient } from './live-client';

/** What an event changes. */
export interface LiveChange<Change> {
  readonly change: Change;
  /** Null when the event has none. */
  readonly offset: number | null;
}

/** A state, and what is to be done once it is shown. */
export interface LiveOutcome<State> {
  readonly state: State;
  /** Called for what happens now; not where the history before an answer is only told again. */
  readonly follow?: () => void;
}

/** The state that a history is about. States are immutable. */
export interface LiveTarget<State, Change> {
  /** The state that is shown. */
  readonly state: () => State;
  readonly show: (state: State) => void;
  /** The state after changes, in their order. A change that throws is left out. */
  readonly after: (state: State, changes: readonly Change[]) => LiveOutcome<State>;
  /** What somebody else has changed; null for nothing. @default nobody else writes */
  readonly difference?: (before: State, now: State) => Change | null;
}

/** The place of a request or of a change in a history. */
export interface LivePlace<Change> {
  /** Null until the answer is there. */
  change: Change | null;
  /** The position of an event; of an answer, up to which event it was read. Null where that is not known. */
  at: StreamPosition | null;
  readonly isRequest: boolean;
}

/**
 * A state as the sum of what happened. Everything has its place in the order in which the server did it:
 *
 * - an event, where it arrives;
 * - an answer, where its request was sent, since the server may have read it then; with a position, after the
 *   last event that is in it.
 *
 * So the events since a request are applied over its answer, and what was deleted stays deleted. Only what is
 * younger than the oldest request under way is remembered.
 */
export class LiveHistory<State, Change> {
  readonly #client: LiveClient;
  readonly #target: LiveTarget<State, Change>;
  /** The state before the places. */
  #base: State;
  #places: LivePlace<Change>[] = [];
  /** Whether there is an answer among the places that may have overtaken events. */
  #isOvertaken = false;
  /** The state that was shown last. */
  #shown: State;
  /** Events that wait for the next frame. */
  #waiting: LivePlace<Change>[] = [];
  #cancelFrame: (() => void) | null = null;

  constructor(client: LiveClient, target: LiveTarget<State, Change>) {
    this.#client = client;
    this.#target = target;
    this.#base = this.#shown = this.#now();
    client.onEnd(() => this.#takeWaiting());
  }

  /** Takes an event as it arrives. Its change shows with the next frame. */
  take({ change, offset }: LiveChange<Change>): void {
    const epoch = this.#client.position?.epoch;
    const at = offset === null || epoch === undefined ? null : { epoch, offset };
    this.#waiting.push({ change, at, isRequest: false });
    this.#cancelFrame ??= this.#client.nextFrame(() => this.showWaiting());
    if (this.#waiting.length === 0) {
      // A scheduler may call back at once.
      this.#cancelFrame = null;
    }
  }

  /** Changes the state now, after everything that has arrived. */
  change(change: Change): void {
    this.showWaiting();
    this.#happen([{ change, at: null, isRequest: false }]);
  }

  /** A request begins: what has arrived before it is in its answer. @returns its place */
  begin(): LivePlace<Change> {
    this.showWaiting();
    this.#noticeOthers();
    if (this.#places.length === 0) {
      this.#base = this.#shown = this.#now();
    }
    const place = { change: null, at: null, isRequest: true };
    this.#places.push(place);
    return place;
  }

  /** The answer of a request takes its place. */
  answer(place: LivePlace<Change>, change: Change, position: StreamPosition | null): void {
    this.showWaiting();
    this.#noticeOthers();
    const asked = this.#places.indexOf(place);
    if (asked === -1) {
      return;
    }
    place.change = change;
    place.at = position;
    this.#isOvertaken ||= position !== null;
    // Its own place is among those that are looked through.
    const contained = this.#places.map(({ at }) => isWithin(at, position)).lastIndexOf(true);
    if (contained > asked) {
      this.#places.splice(asked, 1);
      this.#places.splice(contained, 0, place);
    }
    this.#show(this.#told());
  }

  /** A request comes to nothing. Without effect once it is answered. */
  abandon(place: LivePlace<Change>): void {
    if (place.change === null && this.#places.includes(place)) {
      this.showWaiting();
      this.#places = this.#places.filter((each) => each !== place);
      this.#settle();
    }
  }

  /** Begins anew: what waits and what is under way is of no interest any more. */
  reset(state: State): void {
    this.#takeWaiting();
    this.#places = [];
    this.#show(state);
  }

  showWaiting(): void {
    const waiting = this.#takeWaiting();
    if (waiting.length > 0) {
      this.#happen(waiting);
    }
  }

  #happen(places: readonly LivePlace<Change>[]): void {
    this.#noticeOthers();
    const outcome = this.#after(this.#now(), places);
    const isRemembered = this.#places.length > 0;
    const isLast = places.map((place) => !isRemembered || this.#insert(place)).every(Boolean);
    this.#show(isLast ? outcome.state : this.#told());
    outcome.follow?.();
  }

  /** @returns whether it is the last one: an answer may have overtaken the events that are in it */
  #insert(place: LivePlace<Change>): boolean {
    const answer = this.#isOvertaken
      ? this.#places.findIndex(({ isRequest, at }) => isRequest && isWithin(place.at, at))
      : -1;
    this.#places.splice(answer === -1 ? this.#places.length : answer, 0, place);
    return answer === -1;
  }

  /** The state that is shown. Effects that make requests do not depend on it. */
  #now(): State {
    return untracked(this.#target.state);
  }

  /** The state, from the beginning of what is remembered. */
  #told(): State {
    return this.#after(this.#base, this.#places).state;
  }

  #after(state: State, places: readonly LivePlace<Change>[]): LiveOutcome<State> {
    const changes = places.flatMap(({ change }) => (change === null ? [] : [change]));
    return untracked(() => this.#target.after(state, changes));
  }

  #show(state: State): void {
    this.#target.show(state);
    this.#shown = state;
    this.#settle();
  }

  /** Forgets what nothing can come before any more. */
  #settle(): void {
    const open = this.#places.findIndex((place) => !this.#isSettled(place));
    if (open === -1) {
      this.#places = [];
      this.#base = this.#shown;
    } else if (open > 0) {
      this.#base = this.#after(this.#base, this.#places.splice(0, open)).state;
    }
    this.#isOvertaken &&= this.#places.some(({ isRequest, at }) => isRequest && at !== null);
  }

  #isSettled({ change, at, isRequest }: LivePlace<Change>): boolean {
    const current = this.#client.position;
    const isAhead = isRequest && at?.epoch === current?.epoch && (at?.offset ?? 0) > (current?.offset ?? 0);
    return change !== null && !isAhead;
  }

  /** What somebody else wrote into the state since it was shown has its place too. */
  #noticeOthers(): void {
    const change = this.#places.length === 0 ? null : this.#target.difference?.(this.#shown, this.#now());
    if (change) {
      this.#places.push({ change, at: null, isRequest: false });
      this.#shown = this.#now();
    }
  }

  #takeWaiting(): LivePlace<Change>[] {
    const waiting = this.#waiting;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#waiting = [];
    return waiting;
  }
}

/** A history for what is asked of a server. */
export type LiveRequests<Change> = Pick<
  LiveHistory<unknown, Change>,
  'begin' | 'answer' | 'abandon' | 'change'
>;

/** Whether something at `at` is in what was read up to `position`. */
function isWithin(at: StreamPosition | null, position: StreamPosition | null): boolean {
  return at !== null && position !== null && at.epoch === position.epoch && at.offset <= position.offset;
}
