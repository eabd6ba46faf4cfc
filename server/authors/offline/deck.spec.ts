import { Deck } from './deck';

describe('Deck', () => {
  it('deals every card before one comes again', () => {
    const deck = new Deck(['a', 'b', 'c']);
    expect([deck.deal(), deck.deal(), deck.deal(), deck.deal()]).toEqual(['a', 'b', 'c', 'a']);
  });

  it('begins with the card it is told to, counting round', () => {
    expect(new Deck(['a', 'b', 'c'], 4).deal()).toBe('b');
  });

  it('is spent once every card has been dealt', () => {
    const deck = new Deck(['a', 'b']);
    deck.deal();
    expect(deck.isSpent).toBeFalse();
    deck.deal();
    expect(deck.isSpent).toBeTrue();
  });

  it('needs cards', () => {
    expect(() => new Deck([])).toThrowError(RangeError);
  });
});
