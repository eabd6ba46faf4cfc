import { TestBed } from '@angular/core/testing';
import { aToken } from './testing/a-token';
import { KeptToken } from './kept-token';
import { Drafts } from './drafts';

const KEY = 'creative-autogpt.drafts';

describe('Drafts', () => {
  let drafts: Drafts;

  beforeEach(() => {
    sessionStorage.clear();
    drafts = TestBed.inject(Drafts);
  });
  afterEach(() => {
    sessionStorage.clear();
  });

  const afterReload = (): Drafts => {
    TestBed.resetTestingModule();
    return TestBed.inject(Drafts);
  };

  it('are empty where nothing was typed', () => {
    expect(drafts.of('a')).toBe('');
  });

  it('are told apart by their subject', () => {
    drafts.keep('a', 'for a');
    drafts.keep('b', 'for b');

    expect([drafts.of('a'), drafts.of('b')]).toEqual(['for a', 'for b']);
  });

  it('outlive the page', () => {
    drafts.keep('a', 'for a');

    expect(afterReload().of('a')).toBe('for a');
  });

  describe('of a person who has signed in', () => {
    const signIn = (person: string, serial = 1): void =>
      TestBed.inject(KeptToken).keep(aToken(person, serial), true);

    afterEach(() => {
      localStorage.clear();
    });

    it('outlive the page, also with a newer token', () => {
      signIn('ann');
      drafts.keep('a', 'for a');
      signIn('ann', 2);

      expect(afterReload().of('a')).toBe('for a');
    });

    it('are shown to nobody who signs in meanwhile', () => {
      signIn('ann');
      drafts.keep('a', 'for a');
      signIn('bob');

      expect(afterReload().of('a')).toBe('');
    });

    it('are shown to nobody once the person is signed out', () => {
      signIn('ann');
      drafts.keep('a', 'for a');
      TestBed.inject(KeptToken).drop();

      expect(afterReload().of('a')).toBe('');
    });

    it('outlive the page where they were typed before the sign-in', () => {
      drafts.keep('a', 'for a');
      signIn('ann');

      expect(afterReload().of('a')).toBe('for a');
    });
  });

  it('are gone once sent, also after a reload', () => {
    drafts.keep('a', 'for a');
    drafts.drop('a');

    expect([drafts.of('a'), afterReload().of('a')]).toEqual(['', '']);
  });

  it('are gone, all of them, once forgotten, also after a reload', () => {
    drafts.keep('a', 'for a');
    drafts.keep('b', 'for b');
    drafts.forget();

    expect([drafts.of('a'), afterReload().of('b')]).toEqual(['', '']);
  });

  it('are twenty at most: the one typed longest ago goes', () => {
    drafts.keep('old', 'text');
    drafts.keep('a', 'text');
    drafts.keep('old', 'more text');
    for (let other = 0; other < 19; other++) {
      drafts.keep(`other ${other}`, 'text');
    }

    expect([drafts.of('old'), drafts.of('a'), drafts.of('other 18')]).toEqual(['more text', '', 'text']);
  });

  it('end with the page where they are longer than any form takes', () => {
    drafts.keep('long', 'x'.repeat(20_001));
    drafts.keep('a', 'for a');
    expect(drafts.of('long').length).toBe(20_001);
    const reloaded = afterReload();

    expect([reloaded.of('long'), reloaded.of('a')]).toEqual(['', 'for a']);
  });

  for (const [what, text] of [
    ['is no JSON', '[["a",'],
    ['holds other things', stored([['a', 7]])],
    ['does not say whose they are', JSON.stringify({ drafts: [['a', 'text']] })],
    ['names an owner that is none', JSON.stringify({ owner: 7, drafts: [['a', 'text']] })],
    [
      'holds too many',
      stored(Array.from({ length: 21 }, (_, index) => [index === 0 ? 'a' : `${index}`, 'text'])),
    ],
    ['holds one that is too long', stored([['a', 'x'.repeat(20_001)]])],
  ] as const) {
    it(`begin empty where the storage ${what}`, () => {
      sessionStorage.setItem(KEY, text);

      expect(afterReload().of('a')).toBe('');
    });
  }

  it('are kept as long as the page where the browser keeps nothing', () => {
    spyOn(Storage.prototype, 'setItem').and.throwError('full');
    drafts.keep('a', 'for a');

    expect(drafts.of('a')).toBe('for a');
  });
});

function stored(drafts: readonly (readonly unknown[])[]): string {
  return JSON.stringify({ owner: null, drafts });
}
