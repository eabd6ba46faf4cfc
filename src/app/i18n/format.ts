import { computed, inject, Injectable } from '@angular/core';
import { LANGUAGE_TAGS } from './language';
import { Languages } from './languages';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** Numbers, dates and durations in the language in use. Called in a template, they follow the language. */
@Injectable({ providedIn: 'root' })
export class Format {
  private readonly languages = inject(Languages);
  private readonly formats = computed(() => {
    const tag = LANGUAGE_TAGS[this.languages.current()];
    const unit = (name: 'second' | 'minute' | 'hour', digits: number): Intl.NumberFormat =>
      new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: name,
        unitDisplay: 'short',
        maximumFractionDigits: digits,
      });
    return {
      number: new Intl.NumberFormat(tag),
      decimal: new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }),
      percent: new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }),
      moment: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }),
      time: new Intl.DateTimeFormat(tag, { timeStyle: 'medium' }),
      seconds: unit('second', 1),
      wholeSeconds: unit('second', 0),
      minutes: unit('minute', 0),
      hours: unit('hour', 0),
    };
  });

  /** `12,345` */
  number(value: number): string {
    return this.formats().number.format(value);
  }

  /** A number with at most two decimals. */
  decimal(value: number): string {
    return this.formats().decimal.format(value);
  }

  /** A share from 0 to 1 as `85%`. */
  percent(share: number): string {
    return this.formats().percent.format(share);
  }

  /** An ISO 8601 timestamp as date and time of day. */
  moment(timestamp: string): string {
    return this.formats().moment.format(new Date(timestamp));
  }

  /** A time of day with seconds; `at` is in milliseconds since 1970. */
  time(at: number): string {
    return this.formats().time.format(at);
  }

  /** A duration given in seconds, in its two largest units. */
  duration(seconds: number): string {
    const formats = this.formats();
    if (seconds < MINUTE_SECONDS) {
      return formats.seconds.format(seconds);
    }
    const whole = Math.round(seconds);
    const hours = Math.floor(whole / HOUR_SECONDS);
    const minutes = Math.floor((whole % HOUR_SECONDS) / MINUTE_SECONDS);
    return hours > 0
      ? `${formats.hours.format(hours)} ${formats.minutes.format(minutes)}`
      : `${formats.minutes.format(minutes)} ${formats.wholeSeconds.format(whole % MINUTE_SECONDS)}`;
  }
}
