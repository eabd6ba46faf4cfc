import { soundJson } from './sound-json';

describe('soundJson', () => {
  for (const [what, text, sound] of [
    ['replaces halves of surrogate pairs', 'a\ud800b\udfff', 'a\ufffdb\ufffd'],
    ['keeps pairs', 'a😀b', 'a😀b'],
    ['keeps what only looks like a half', 'a\\ud800', 'a\\ud800'],
    ['replaces a half after a backslash', '\\\ud800', '\\\ufffd'],
  ] as const) {
    it(what, () => {
      expect(JSON.parse(soundJson(JSON.stringify({ [text]: [text] })))).toEqual({ [sound]: [sound] });
    });
  }
});
