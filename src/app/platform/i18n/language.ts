/** Languages of the interface. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

/** Value of `<html lang>` and locale of `Intl` for each language. */
export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/**
 * `lang` of texts in the language a work is written in; null where that is not known.
 */
export function workLanguageTag(language: Language | undefined): string | null {
  return language === undefined ? null : LANGUAGE_TAGS[language];
}

/** Whether the application speaks this language. */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/**
 * The language to begin with: the one chosen before, else the configured locale's, else the first of the
 * browser's languages that the application speaks (any kind of Chinese is `zh`), else English.
 */
export function preferredLanguage(
  chosen: Language | null,
  locale: string | undefined,
  browserLanguages: readonly string[],
): Language {
  const spoken = [locale ?? '', ...browserLanguages]
    .map((tag) => tag.toLowerCase().split(/[-_]/)[0])
    .find(isLanguage);
  return chosen ?? spoken ?? 'en';
}
