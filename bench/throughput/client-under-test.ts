/** What the page of a client under test offers to the runner. */
export interface ClientUnderTest {
  /** Connects; settles once the server's events will arrive. */
  connect(url: string, received: (index: number) => void): Promise<void>;
  /** Tells the server to send `count` events. */
  ask(count: number): void;
}

/** What one round in the page came to. */
export interface PageResult {
  /** Milliseconds from the first event to the last. */
  readonly elapsed: number;
  readonly count: number;
  /** Sum of the indexes of all events: proves that each arrived once. */
  readonly sum: number;
}

declare global {
  interface Window {
    connectClient(url: string): Promise<void>;
    receiveEvents(count: number): Promise<PageResult>;
  }
}

/** Makes a client callable by the runner. */
export function expose(client: ClientUnderTest): void {
  let received: (index: number) => void = () => undefined;
  window.connectClient = (url) => client.connect(url, (index) => received(index));
  window.receiveEvents = (count) =>
    new Promise((resolve) => {
      let began = 0;
      let arrived = 0;
      let sum = 0;
      received = (index) => {
        if (arrived === 0) {
          began = performance.now();
        }
        arrived += 1;
        sum += index;
        if (arrived === count) {
          resolve({ elapsed: performance.now() - began, count: arrived, sum });
        }
      };
      client.ask(count);
    });
}
