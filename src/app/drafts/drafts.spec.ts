import { TestBed } from '@angular/core/testing';
import { Drafts } from './drafts';

describe('Drafts', () => {
  let drafts: Drafts;

  beforeEach(() => {
    drafts = TestBed.inject(Drafts);
  });

  it('are empty where nothing was typed', () => {
    expect(drafts.of('a')).toBe('');
  });

  it('are told apart by their subject', () => {
    drafts.keep('a', 'for a');
    drafts.keep('b', 'for b');

    expect([drafts.of('a'), drafts.of('b')]).toEqual(['for a', 'for b']);
  });

  it('are gone once sent', () => {
    drafts.keep('a', 'for a');
    drafts.drop('a');

    expect(drafts.of('a')).toBe('');
  });
});
