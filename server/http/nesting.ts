/** Whether a JSON value has objects or arrays inside each other to more than this many levels. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1)))
  );
}
