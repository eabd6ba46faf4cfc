import { SoundPieces } from './sound-pieces';

describe('SoundPieces', () => {
  const examples: Record<string, [pieces: readonly string[], sound: readonly string[]]> = {
    'joins a character that is cut between two pieces': [
      ['a\ud83d', '\ude00b'],
      ['a', '😀b', ''],
    ],
    'joins it over an empty piece': [
      ['\ud83d', '', '\ude00'],
      ['', '', '😀', ''],
    ],
    'replaces a first half that nothing follows': [['a\ud83d'], ['a', '\ufffd']],
    'replaces a first half before something else': [
      ['a\ud83d', 'b'],
      ['a', '\ufffdb', ''],
    ],
    'replaces a second half alone': [['a\ude00b'], ['a\ufffdb', '']],
    'drops control characters, and keeps tabs and line feeds': [
      ['a\u0000\u001b[31m\r\n\tb\u009b'],
      ['a[31m\n\tb', ''],
    ],
  };
  for (const [what, [given, expected]] of Object.entries(examples)) {
    it(what, () => {
      const pieces = new SoundPieces();

      expect([...given.map((piece) => pieces.next(piece)), pieces.end()]).toEqual([...expected]);
    });
  }
});
