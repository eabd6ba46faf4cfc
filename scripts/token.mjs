/**
 * `npm run token -- --sub NAME [--expires 30d]`: prints a token that signs NAME in at a server with the same
 * AUTH_SECRET.
 */
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { runMain, StepError } from './processes.mjs';

const USAGE = 'AUTH_SECRET=… npm run token -- --sub NAME [--expires 30d]';
const NOT_IN_A_NAME = /[\p{Control}\p{Surrogate}]/u;
const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };

await runMain(async () => {
  const { sub, expires } = readArguments();
  // The first of two signs.
  const secret = process.env['AUTH_SECRET']?.split(',')[0]?.trim() ?? '';
  if (secret === '') throw new StepError(`Set AUTH_SECRET to that of the server: ${USAGE}`);
  await ensureInstalled();
  const { SignJWT } = await import('jose');
  const token = new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime(new Date(Date.now() + durationFrom(expires)));
  console.log(await token.sign(new TextEncoder().encode(secret)));
});

/** @throws {StepError} */
function readArguments() {
  try {
    const options = /** @type {const} */ ({
      sub: { type: 'string' },
      expires: { type: 'string', default: '30d' },
    });
    const { sub, expires } = parseArgs({ options }).values;
    if (sub !== undefined && sub.length >= 1 && sub.length <= 100 && !NOT_IN_A_NAME.test(sub))
      return { sub, expires };
  } catch {
    // The usage says what there is.
  }
  throw new StepError(
    `Name whom the token is for, in 1 to 100 characters without control characters: ${USAGE}`,
  );
}

/**
 * @param {string} text A number of minutes, hours or days: `45m`, `12h`, `30d`.
 * @returns {number} In ms.
 * @throws {StepError}
 */
function durationFrom(text) {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd')) {
    throw new StepError(`--expires is "${text}"; it must be minutes, hours or days such as 45m, 12h or 30d.`);
  }
  return Number(count) * UNITS[unit];
}
