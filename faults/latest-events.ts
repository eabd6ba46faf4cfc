interface StateEvent {
  readonly event: string;
  readonly session_id?: unknown;
  readonly data?: unknown;
}

/** The state that events add up to: the latest of each kind about each thing, as JSON. */
export class LatestEvents {
  readonly state: Record<string, string> = {};

  add({ event, session_id: session, data }: StateEvent): void {
    const task = typeof data === 'object' && data !== null && 'task_id' in data ? data.task_id : null;
    this.state[JSON.stringify([event, session, task])] = JSON.stringify(data);
  }
}
