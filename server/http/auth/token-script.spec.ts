import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SECRET, TOKENS } from '../../testing/sign-in';

const SCRIPT = fileURLToPath(new URL('../../../scripts/token.mjs', import.meta.url));

describe('npm run token', () => {
  const run = (args: readonly string[], secret = SECRET) =>
    spawnSync(process.execPath, [SCRIPT, ...args], {
      encoding: 'utf8',
      env: { ...process.env, AUTH_SECRET: secret },
    });

  it('prints a token that the server takes', async () => {
    const { stdout, status } = run(['--sub', '艾达', '--expires', '12h']);
    const { owner, expiresAt } = await TOKENS.verify(stdout.trim());

    expect(status).toBe(0);
    expect(owner).toBe('艾达');
    expect(Math.abs(expiresAt - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
  });

  for (const [what, args, secret, complaint] of [
    ['whom it is for', [], SECRET, /^Name whom the token is for/],
    ['another name than one of two lines', ['--sub', 'ada\ngrace'], SECRET, /^Name whom the token is for/],
    ['a time it understands', ['--sub', 'ada', '--expires', 'never'], SECRET, /^--expires is "never"/],
    ['the secret', ['--sub', 'ada'], '', /^Set AUTH_SECRET/],
  ] as const) {
    it(`asks for ${what}`, () => {
      const { stderr, stdout, status } = run(args, secret);

      expect(status).toBe(1);
      expect(stdout).toBe('');
      expect(stderr.trim()).toMatch(complaint);
    });
  }
});
