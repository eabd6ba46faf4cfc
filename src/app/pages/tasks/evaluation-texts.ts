import type { DimensionScore } from '@creative-autogpt/protocol';
import type { TextKey } from '../../platform/i18n/dictionary';
import type { Format } from '../../platform/i18n/format';
import type { Translate } from '../../platform/i18n/translate';

/** A measured quality, and the quantity that is measured of it. */
const DIMENSIONS: ReadonlyMap<string, { readonly name: TextKey; readonly quantity: TextKey }> = new Map(
  (['length', 'repetition', 'dialogue_share', 'sentence_variety', 'vocabulary'] as const).map((dimension) => [
    dimension,
    { name: `evaluation.dimensions.${dimension}`, quantity: `evaluation.quantities.${dimension}` },
  ]),
);

/** Name of a measured quality; one this application does not know is named as the server names it. */
export function dimensionName(dimension: string, t: Translate): string {
  const known = DIMENSIONS.get(dimension);
  return known === undefined ? dimension.replaceAll('_', ' ') : t(known.name);
}

/** What was measured and what was aimed at, in the unit of the measurement; null when no value is given. */
export function measured(
  dimension: string,
  { value, unit, target }: DimensionScore,
  t: Translate,
  format: Format,
): string | null {
  if (value === undefined) {
    return null;
  }
  const quantity = DIMENSIONS.get(dimension)?.quantity;
  const name = quantity === undefined ? dimensionName(dimension, t) : t(quantity);
  const text = t('evaluation.measured', { name, value: withUnit(plain(value, unit, format), unit, t) });
  if (target === undefined) {
    return text;
  }
  const aim = withUnit(
    typeof target === 'number' ? plain(target, unit, format) : range(target, unit, format),
    unit,
    t,
  );
  return t('evaluation.target', { measured: text, target: aim });
}

function plain(value: number, unit: string | undefined, format: Format): string {
  return unit === 'ratio' ? format.percent(value) : format.decimal(value);
}

/** Both ends, with one sign of percent for the two. */
function range([from, to]: readonly [number, number], unit: string | undefined, format: Format): string {
  const start = unit === 'ratio' ? format.number(Math.round(from * 100)) : format.decimal(from);
  return `${start}–${plain(to, unit, format)}`;
}

function withUnit(value: string, unit: string | undefined, t: Translate): string {
  if (unit === 'characters') {
    return t('evaluation.units.characters', { value });
  }
  return unit === 'words' ? t('evaluation.units.words', { value }) : value;
}
