import type { DimensionScore } from '@creative-autogpt/protocol';
import type { TextKey } from '../i18n/dictionary';
import type { Format } from '../i18n/format';
import type { Translate } from '../i18n/translate';

const DIMENSIONS: ReadonlyMap<string, TextKey> = new Map<string, TextKey>([
  ['length', 'evaluation.dimensions.length'],
  ['repetition', 'evaluation.dimensions.repetition'],
  ['dialogue_share', 'evaluation.dimensions.dialogue_share'],
  ['sentence_variety', 'evaluation.dimensions.sentence_variety'],
  ['vocabulary', 'evaluation.dimensions.vocabulary'],
]);

/** Name of a measured quality; one this application does not know is named as the server names it. */
export function dimensionName(dimension: string, t: Translate): string {
  const key = DIMENSIONS.get(dimension);
  return key === undefined ? dimension.replaceAll('_', ' ') : t(key);
}

/** What was measured and what was aimed at, in the unit of the measurement; null when no value is given. */
export function measured(result: DimensionScore, t: Translate, format: Format): string | null {
  const { value, unit, target } = result;
  if (value === undefined) {
    return null;
  }
  const text = t('evaluation.measured', { value: withUnit(plain(value, unit, format), unit, t) });
  if (target === undefined) {
    return text;
  }
  const ends = typeof target === 'number' ? [target] : target;
  const range = ends.map((end) => plain(end, unit, format)).join('–');
  return `${text} · ${t('evaluation.target', { target: withUnit(range, unit, t) })}`;
}

function plain(value: number, unit: string | undefined, format: Format): string {
  return unit === 'ratio' ? format.percent(value) : format.decimal(value);
}

function withUnit(value: string, unit: string | undefined, t: Translate): string {
  if (unit === 'characters') {
    return t('evaluation.units.characters', { value });
  }
  return unit === 'words' ? t('evaluation.units.words', { value }) : value;
}
