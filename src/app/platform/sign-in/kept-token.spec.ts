import { TestBed } from '@angular/core/testing';
import { KeptToken } from './kept-token';

const KEY = 'creative-autogpt.token';

describe('KeptToken', () => {
  const kept = (): KeptToken => TestBed.inject(KeptToken);
  const forgetEverything = (): void => {
    localStorage.clear();
    sessionStorage.clear();
  };
  const deny = (storage: 'localStorage' | 'sessionStorage'): jasmine.Spy =>
    spyOnProperty(window, storage).and.throwError(new DOMException('Denied.', 'SecurityError'));
  /** What this tab hears when another one writes to `localStorage`. */
  const elsewhere = (key: string | null, newValue: string | null): (string | null)[] => {
    const heard: (string | null)[] = [];
    const subscription = kept().elsewhere.subscribe((token) => heard.push(token));
    window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
    subscription.unsubscribe();
    return heard;
  };

  beforeEach(forgetEverything);
  afterEach(forgetEverything);

  it('is none until somebody signs in', () => {
    expect(kept().value()).toBeNull();
  });

  it('ends with the tab', () => {
    kept().keep('a', false);

    expect([sessionStorage.getItem(KEY), localStorage.getItem(KEY)]).toEqual(['a', null]);
  });

  it('outlasts the tab where the person wants that', () => {
    kept().keep('a', true);

    expect([sessionStorage.getItem(KEY), localStorage.getItem(KEY)]).toEqual([null, 'a']);
  });

  it('is that of the tab before that of the browser', () => {
    localStorage.setItem(KEY, 'browser');
    sessionStorage.setItem(KEY, 'tab');

    expect(kept().value()).toBe('tab');
  });

  it('lasts as long as the page where the browser keeps nothing', () => {
    spyOn(Storage.prototype, 'setItem').and.throwError('full');
    kept().keep('a', true);

    expect(kept().value()).toBe('a');
  });

  it('is that of the tab where the browser denies what outlasts the tab', () => {
    sessionStorage.setItem(KEY, 'tab');
    const denied = deny('localStorage');

    expect(kept().value()).toBe('tab');
    denied.and.callThrough();
  });

  it('is that of the browser where the browser denies what ends with the tab', () => {
    localStorage.setItem(KEY, 'browser');
    const denied = deny('sessionStorage');

    expect(kept().value()).toBe('browser');
    denied.and.callThrough();
  });

  it('is gone after signing out also where the browser denies what outlasts the tab', () => {
    const denied = deny('localStorage');
    kept().keep('a', false);
    kept().signOut();

    expect([kept().value(), sessionStorage.getItem(KEY)]).toEqual([null, null]);
    denied.and.callThrough();
  });

  it('is gone after signing out', () => {
    kept().keep('a', true);
    kept().signOut();

    expect([kept().value(), localStorage.getItem(KEY)]).toEqual([null, null]);
  });

  describe('in other tabs', () => {
    it('is followed', () => {
      expect(elsewhere(KEY, 'b')).toEqual(['b']);
    });

    it('is not followed by a tab that has its own', () => {
      kept().keep('a', false);

      expect(elsewhere(KEY, 'b')).toEqual([]);
    });

    it('ends for all of them', () => {
      expect([
        elsewhere('creative-autogpt.signed-out', 'now'),
        elsewhere(null, null),
        elsewhere(KEY, null),
        elsewhere('creative-autogpt.language', 'en'),
      ]).toEqual([[null], [null], [], []]);
    });
  });

  describe('for the socket', () => {
    it('is something that a server without sign-in lets pass', () => {
      expect(kept().forSocket('connect')).not.toBe('');
    });

    it('is said again when the server refused it', () => {
      kept().keep('a', false);

      expect([kept().forSocket('connect'), kept().forSocket('refused')]).toEqual(['a', 'a']);
    });

    it('replaces an expiring one only by a newer one', () => {
      kept().keep('a', false);
      kept().forSocket('connect');
      expect(() => kept().forSocket('expiring')).toThrowError(/newer/);

      kept().follow('b');

      expect(kept().forSocket('expiring')).toBe('b');
    });
  });
});
