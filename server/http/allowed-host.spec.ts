import { isAllowedHost } from './allowed-host';

describe('isAllowedHost', () => {
  const allowedOrigins = ['https://writers.example'];

  for (const host of [
    undefined,
    'localhost:8000',
    'LOCALHOST',
    '127.0.0.1:8000',
    '127.8.9.10',
    '[::1]:8000',
    'writers.example',
    'writers.example:8000',
  ]) {
    it(`serves requests to ${host ?? 'no host at all'}`, () => {
      expect(isAllowedHost(host, allowedOrigins)).toBeTrue();
    });
  }

  for (const host of [
    'evil.example:8000',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8000',
    'writers.example.evil.example',
    '192.168.1.4:8000',
    '[::2]:8000',
    '',
    'a b',
    'evil.example@127.0.0.1',
    'localhost#evil.example',
    '127.0.0.1/evil.example',
  ]) {
    it(`does not serve requests to “${host}”`, () => {
      expect(isAllowedHost(host, allowedOrigins)).toBeFalse();
    });
  }
});
