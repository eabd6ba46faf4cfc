import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Format } from './format';
import type { Language } from './language';
import { Languages } from './languages';

describe('Format', () => {
  const current = signal<Language>('en');
  let format: Format;

  beforeEach(() => {
    current.set('en');
    TestBed.configureTestingModule({ providers: [{ provide: Languages, useValue: { current } }] });
    format = TestBed.inject(Format);
  });

  it('groups the digits of large numbers', () => {
    expect(format.number(1_234_567)).toBe('1,234,567');
  });

  it('writes a share as whole percent', () => {
    expect(format.percent(0.857)).toBe('86%');
  });

  const durations: readonly [number, string][] = [
    [0.04, '<\u00a01 sec'],
    [42.4, '42 sec'],
    [59.9, '1 min'],
    [125, '2 min 5 sec'],
    [3600, '1 hr'],
    [3725, '1 hr 2 min'],
  ];
  for (const [seconds, text] of durations) {
    it(`writes ${seconds} s as ${text}`, () => {
      expect(format.duration(seconds)).toBe(text);
    });
  }

  describe('tells how long ago', () => {
    const NOW = '2026-11-22T12:00:00.000Z';
    beforeEach(() => {
      jasmine.clock().install().mockDate(new Date(NOW));
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({ providers: [{ provide: Languages, useValue: { current } }] });
      format = TestBed.inject(Format);
    });
    afterEach(() => {
      jasmine.clock().uninstall();
    });

    for (const [timestamp, text] of [
      ['2026-11-22T12:00:09.000Z', 'just now'],
      ['2026-11-22T11:59:20.000Z', 'just now'],
      ['2026-11-22T11:58:00.000Z', '2 min. ago'],
      ['2026-11-22T09:00:00.000Z', '3 hr. ago'],
      ['2026-11-21T11:00:00.000Z', 'yesterday'],
      ['2026-11-01T12:00:00.000Z', 'Nov 1, 2026'],
    ] as const) {
      it(`${timestamp} was: ${text}`, () => {
        expect(format.ago(timestamp)).toBe(text);
      });
    }

    it('anew as time passes', () => {
      jasmine.clock().tick(120_000);

      expect(format.ago(NOW)).toBe('2 min. ago');
    });
  });

  it('follows the language', () => {
    const moment = '2026-11-22T12:00:00.000Z';
    expect(format.moment(moment)).toContain('Nov');
    current.set('zh');

    expect(format.moment(moment)).toContain('2026年11月');
  });
});
