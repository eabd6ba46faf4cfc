import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest, Metrics, TaskEnd } from '../../ports/metrics';

/** Values that are read when the metrics are asked for. */
export interface MetricReadings {
  readonly socketsOpen: () => number;
  /** Sessions that this process is writing. */
  readonly runningSessions?: () => number;
}

const PREFIX = 'creative_autogpt_';

/** Durations of requests (s): from what memory answers to what nobody should wait for. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counts in memory, for Prometheus; with what Node tells about the process. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    ...this.#named('http_request_duration_seconds', 'Time to answer a request, by its route.'),
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS,
  });
  readonly #received = this.#counter('messages_received_total', 'Messages of clients.');
  readonly #sent = this.#counter('messages_sent_total', 'Messages to clients.');
  readonly #bytes = this.#counter('sent_bytes_total', 'Bytes to clients, as they go over the wire.');
  readonly #slow = this.#counter('slow_clients_closed_total', 'Clients closed for reading too slowly.');
  readonly #appended = new Counter({
    ...this.#named('events_appended_total', 'Events appended to journals, by their name.'),
    labelNames: ['event'],
  });
  readonly #resumed = new Counter({
    ...this.#named('replays_total', 'Clients that resumed, by whether they got all they had missed.'),
    labelNames: ['recovered'],
  });
  readonly #tasks = new Counter({
    ...this.#named('tasks_total', 'Tasks that are no longer being written, by how that ended.'),
    labelNames: ['end'],
  });
  readonly #offset = new Gauge(
    this.#named('journal_offset', 'Offset of the newest event appended since the start.'),
  );
  #newest = 0;

  constructor(readings: MetricReadings) {
    collectDefaultMetrics({ register: this.#registry });
    this.#read('sockets_open', 'Clients that are connected.', readings.socketsOpen);
    if (readings.runningSessions !== undefined) {
      this.#read('running_sessions', 'Sessions being written by this process.', readings.runningSessions);
    }
  }

  /** Media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  requestAnswered({ method, route = 'none', status, seconds }: AnsweredRequest): void {
    this.#requests.observe({ method, route, status }, seconds);
  }

  messageReceived(): void {
    this.#received.inc();
  }

  messagesSent(messages: number, bytes: number): void {
    this.#sent.inc(messages);
    this.#bytes.inc(bytes);
  }

  eventAppended(event: string): void {
    this.#appended.inc({ event });
  }

  journalReached(offset: number): void {
    if (offset > this.#newest) {
      this.#newest = offset;
      this.#offset.set(offset);
    }
  }

  clientResumed(recovered: boolean): void {
    this.#resumed.inc({ recovered: String(recovered) });
  }

  slowClientClosed(): void {
    this.#slow.inc();
  }

  taskEnded(end: TaskEnd): void {
    this.#tasks.inc({ end });
  }

  #counter(name: string, help: string): Counter {
    return new Counter(this.#named(name, help));
  }

  /** A gauge that shows what `value` is when it is asked for. */
  #read(name: string, help: string, value: () => number): void {
    new Gauge({
      ...this.#named(name, help),
      collect() {
        this.set(value());
      },
    });
  }

  #named(name: string, help: string) {
    return { name: PREFIX + name, help, registers: [this.#registry] };
  }
}
