import { Observable, Subscription } from 'rxjs';

/** What is alive in the page besides memory. */
export interface LiveCounts {
  /** Timers that have not fired and were not cleared. */
  readonly timers: number;
  /** Subscriptions of rxjs, inner ones included, that have not ended and are still in memory. */
  readonly subscriptions: number;
}

type Call = (...values: unknown[]) => unknown;

const timers = new Set<unknown>();
/** `webSocket` of rxjs never ends the subscription to its queue, which goes when its socket does. */
const subscriptions = new Set<WeakRef<Subscription>>();

export function liveCounts(): LiveCounts {
  const inMemory = [...subscriptions].filter((each) => each.deref() !== undefined);
  return { timers: timers.size, subscriptions: inMemory.length };
}

/** Counts from now on. Call it before anything else of the page runs. */
export function countLiveThings(): void {
  wrap(Observable.prototype, 'subscribe', (call, values) => {
    const subscription = call(...values);
    if (subscription instanceof Subscription) {
      const weak = new WeakRef(subscription);
      subscriptions.add(weak);
      subscription.add(() => subscriptions.delete(weak));
    }
    return subscription;
  });
  wrap(window, 'setTimeout', (call, [task, ...rest]) => {
    const id = call(
      () => {
        timers.delete(id);
        if (typeof task === 'function') {
          Reflect.apply(task, undefined, []);
        }
      },
      ...rest,
    );
    timers.add(id);
    return id;
  });
  wrap(window, 'setInterval', (call, values) => {
    const id = call(...values);
    timers.add(id);
    return id;
  });
  for (const name of ['clearTimeout', 'clearInterval']) {
    wrap(window, name, (call, [id]) => {
      timers.delete(id);
      return call(id);
    });
  }
}

/** Replaces a method by one that is given the original, bound, and what it was called with. */
function wrap(object: object, name: string, around: (call: Call, values: unknown[]) => unknown): void {
  const original: unknown = Reflect.get(object, name);
  if (typeof original !== 'function') {
    throw new TypeError(`There is no method ${name}.`);
  }
  const apply = (method: typeof original, self: unknown, values: unknown[]): unknown =>
    around((...given): unknown => Reflect.apply(method, self, given), values);
  Reflect.set(object, name, new Proxy(original, { apply }));
}
