import { isNestedDeeper } from './valibot-validation';

describe('isNestedDeeper', () => {
  it('counts objects and arrays alike', () => {
    expect(isNestedDeeper({ a: [{ b: 1 }] }, 3)).toBeFalse();
    expect(isNestedDeeper({ a: [{ b: 1 }] }, 2)).toBeTrue();
  });

  it('takes values that hold nothing for no level', () => {
    expect(isNestedDeeper('text', 0)).toBeFalse();
    expect(isNestedDeeper(null, 0)).toBeFalse();
  });

  it('does not follow a value further than it must', () => {
    const deepest: unknown = JSON.parse('['.repeat(30_000) + ']'.repeat(30_000));

    expect(isNestedDeeper(deepest, 32)).toBeTrue();
  });
});
