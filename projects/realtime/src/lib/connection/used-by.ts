import { filter, type OperatorFunction } from 'rxjs';

/**
 * Gives each value to `use` and to nobody else. What ends up in a callback thousands of times a second should not go on
 * through every operator behind it, only to be ignored by the last.
 */
export function usedBy<T>(use: (value: T) => void): OperatorFunction<T, never> {
  return filter((value): value is never => {
    use(value);
    return false;
  });
}
