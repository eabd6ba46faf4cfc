import { isAllowedOrigin } from './allowed-origin';

describe('isAllowedOrigin', () => {
  for (const [origin, host] of [
    ['https://novels.example', 'novels.example'],
    ['https://novels.example', 'NOVELS.example:443'],
    ['http://novels.example:8080', 'novels.example:8080'],
    ['http://192.168.1.4:8000', '192.168.1.4:8000'],
  ] as const) {
    it(`takes ${origin} for the server's own under ${host}, where it may have any name`, () => {
      expect(isAllowedOrigin(origin, [], host)).toBeTrue();
    });
  }

  for (const [origin, host] of [
    ['https://novels.example', undefined],
    ['https://novels.example', 'evil.example'],
    ['https://novels.example:8443', 'novels.example'],
    ['https://novels.example', 'evil.example@novels.example/x'],
    ['file://novels.example', 'novels.example'],
    ['null', 'null'],
  ] as const) {
    it(`does not take ${origin} for the server's own under ${host ?? 'no name'}`, () => {
      expect(isAllowedOrigin(origin, [], host)).toBeFalse();
    });
  }
});
