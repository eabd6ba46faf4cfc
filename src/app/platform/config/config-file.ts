/** What `config.json` may say. */
export interface ConfigFile {
  readonly websocketUrl?: string;
  readonly restUrl?: string;
  readonly locale?: 'zh' | 'en';
}

/**
 * Reads the file by hand: every first visit would pay for a schema library that nothing else needs so early.
 *
 * @throws Error that names the field that is wrong
 */
export function readConfigFile(json: unknown): ConfigFile {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error('it is not a JSON object');
  }
  const fields: Readonly<Partial<Record<keyof ConfigFile, unknown>>> = json;
  const { websocketUrl, restUrl, locale } = fields;
  if (!isOptional(websocketUrl, isText) || websocketUrl === '') {
    throw new Error('"websocketUrl" is not a text');
  }
  if (!isOptional(restUrl, isText)) {
    throw new Error('"restUrl" is not a text');
  }
  if (!isOptional(locale, isLocale)) {
    throw new Error('"locale" is neither "zh" nor "en"');
  }
  return {
    ...(websocketUrl !== undefined && { websocketUrl }),
    ...(restUrl !== undefined && { restUrl }),
    ...(locale !== undefined && { locale }),
  };
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isLocale(value: unknown): value is 'zh' | 'en' {
  return value === 'zh' || value === 'en';
}
