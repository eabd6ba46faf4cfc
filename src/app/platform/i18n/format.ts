import { computed, DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { type Language, LANGUAGE_TAGS } from './language';
import { Languages } from './languages';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
/** What `Intl` has no good word for: its Chinese "now" does not go with "updated". */
const JUST_NOW: Readonly<Record<Language, string>> = { zh: '刚刚', en: 'just now' };
/** How often what is told relative to now is told anew, in milliseconds. */
const TICK = 30_000;

/** Numbers, dates and durations in the language in use. Called in a template, they follow the language. */
@Injectable({ providedIn: 'root' })
export class Format {
  readonly #languages = inject(Languages);
  readonly #readersTags = inject(DOCUMENT).defaultView?.navigator.languages ?? [];
  readonly #now = signal(Date.now());
  readonly #formats = computed(() => {
    const language = this.#languages.current();
    // The reader's own kind of the language, such as British English.
    const tag = this.#readersTags.find((own) => own.split('-')[0] === language) ?? LANGUAGE_TAGS[language];
    const unit = (name: string): Intl.NumberFormat =>
      new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' });
    return {
      number: new Intl.NumberFormat(tag),
      decimal: new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }),
      percent: new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }),
      moment: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }),
      date: new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }),
      time: new Intl.DateTimeFormat(tag, { timeStyle: 'short' }),
      ago: new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' }),
      seconds: unit('second'),
      minutes: unit('minute'),
      hours: unit('hour'),
    };
  });

  constructor() {
    const clock = setInterval(() => {
      this.#now.set(Date.now());
    }, TICK);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
    });
  }

  /** `12,345` */
  number(value: number): string {
    return this.#formats().number.format(value);
  }

  /** A number with at most two decimals. */
  decimal(value: number): string {
    return this.#formats().decimal.format(value);
  }

  /** A share from 0 to 1 as `85%`. */
  percent(share: number): string {
    return this.#formats().percent.format(share);
  }

  /** An ISO 8601 timestamp as date and time of day. */
  moment(timestamp: string): string {
    return this.#formats().moment.format(new Date(timestamp));
  }

  /** The time of day of an ISO 8601 timestamp. */
  time(timestamp: string): string {
    return this.#formats().time.format(new Date(timestamp));
  }

  /** How long ago an ISO 8601 timestamp was, as `2 min. ago`; after a week its date. Follows the clock. */
  ago(timestamp: string): string {
    const { ago, date } = this.#formats();
    const seconds = Math.max(0, (this.#now() - Date.parse(timestamp)) / 1000);
    if (seconds < MINUTE_SECONDS) {
      return JUST_NOW[this.#languages.current()];
    }
    if (seconds < HOUR_SECONDS) {
      return ago.format(-Math.floor(seconds / MINUTE_SECONDS), 'minute');
    }
    if (seconds < DAY_SECONDS) {
      return ago.format(-Math.floor(seconds / HOUR_SECONDS), 'hour');
    }
    return seconds < WEEK_SECONDS
      ? ago.format(-Math.floor(seconds / DAY_SECONDS), 'day')
      : date.format(new Date(timestamp));
  }

  /**
   * A duration given in seconds, in its two largest units; what took less than a second is not told apart.
   */
  duration(seconds: number): string {
    const { hours, minutes, seconds: unit } = this.#formats();
    const whole = Math.round(seconds);
    if (whole < 1) {
      return `<\u00a0${unit.format(1)}`;
    }
    const parts = [
      { count: Math.floor(whole / HOUR_SECONDS), unit: hours },
      { count: Math.floor((whole % HOUR_SECONDS) / MINUTE_SECONDS), unit: minutes },
      { count: whole % MINUTE_SECONDS, unit },
    ];
    const largest = parts.findIndex(({ count }) => count > 0);
    return parts
      .slice(largest, largest + 2)
      .filter(({ count }) => count > 0)
      .map((part) => part.unit.format(part.count))
      .join(' ');
  }
}
