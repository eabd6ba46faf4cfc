/** The server cannot start; the message is one line that says why and what to do about it. */
export class StartupError extends Error {
  override readonly name = 'StartupError';

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\s+/g, ' ').trim(), options);
  }
}

/** A variable has a value that it must not have. @param accepted what it must be */
export function badValue(name: string, value: string, accepted: string): StartupError {
  return new StartupError(`${name} is ${JSON.stringify(value)}; it must be ${accepted}.`);
}

/** An address of HTTP; undefined for anything else. */
export function httpUrlFrom(value: string): URL | undefined {
  if (!URL.canParse(value)) {
    return undefined;
  }
  const url = new URL(value);
  return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}
