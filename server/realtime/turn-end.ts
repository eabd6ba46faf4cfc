let waiting: (() => void)[] = [];

/** Calls back at the end of this turn of the event loop. All that ask for it within a turn take one immediate together. */
export function atEndOfTurn(callback: () => void): void {
  waiting.push(callback);
  if (waiting.length === 1) {
    setImmediate(callAll);
  }
}

function callAll(): void {
  const callbacks = waiting;
  waiting = [];
  for (const callback of callbacks) {
    callback();
  }
}
