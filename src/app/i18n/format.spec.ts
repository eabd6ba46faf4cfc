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

  it('follows the language', () => {
    const moment = '2026-11-22T12:00:00.000Z';
    expect(format.moment(moment)).toContain('Nov');
    current.set('zh');

    expect(format.moment(moment)).toContain('2026年11月');
  });
});
