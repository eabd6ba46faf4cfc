import { NgZone } from '@angular/core';
import { tap } from 'rxjs';

interface ZoneSpec {
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly onInvoke?: (
    delegate: { invoke(target: FakeZone, callback: () => unknown): unknown },
    current: FakeZone,
    target: FakeZone,
    callback: () => unknown,
  ) => unknown;
}

/**
 * As much of zone.js as Angular's `NgZone` stands on: zones that are entered and left. Timers and promises
 * enter none.
 */
class FakeZone {
  static current = new FakeZone(null, { name: '<root>' });

  static assertZonePatched(): void {
    // It is as patched as it will be.
  }

  constructor(
    private readonly parent: FakeZone | null,
    private readonly spec: ZoneSpec,
  ) {}

  get(key: string): unknown {
    return this.spec.properties?.[key] ?? this.parent?.get(key);
  }

  fork(spec: ZoneSpec): FakeZone {
    return new FakeZone(this, spec);
  }

  run(callback: () => unknown): unknown {
    const before = FakeZone.current;
    FakeZone.current = this;
    try {
      const { onInvoke } = this.spec;
      return onInvoke ? onInvoke({ invoke: (_, call) => call() }, this, this, callback) : callback();
    } finally {
      FakeZone.current = before;
    }
  }
}

/**
 * An `NgZone` that counts how often it is entered from outside, and how often it asks for change detection.
 */
export class CountingZone extends NgZone {
  entered = 0;
  rounds = 0;

  constructor() {
    super({});
    this.onMicrotaskEmpty.pipe(tap(() => (this.rounds += 1))).subscribe();
  }

  override run<T>(call: () => T): T {
    this.entered += 1;
    return super.run(call);
  }
}

/** Gives each spec of the surrounding `describe` zones. */
export function useFakeZones(): void {
  beforeEach(() => {
    Object.assign(globalThis, { Zone: FakeZone });
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'Zone');
  });
}
