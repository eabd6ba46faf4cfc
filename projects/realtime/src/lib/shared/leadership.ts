import type { ConnectionState } from '../connection/connection-status';
import type { RealtimeMessage } from '../realtime-message';
import type { StreamPosition } from '../recovery/stream-position';
import { Herald } from './herald';
import type { TabChannel } from './tab-channel';
import { toTabState } from './tab-message';
import type { TabStream } from './tab-stream';

/** One term of a leading tab: what happens on its socket goes to the other tabs, at once or when they join. */
export class Leadership {
  private readonly herald: Herald;
  private greeting: RealtimeMessage | null = null;
  private isSettled = false;

  constructor(
    private readonly channel: TabChannel,
    private readonly stream: TabStream,
    readonly term: number,
  ) {
    this.herald = new Herald(channel, term);
  }

  announce(): void {
    this.channel.post({ kind: 'lead', term: this.term });
  }

  state(state: ConnectionState): void {
    if (state.status !== 'connected') {
      this.greeting = null;
      this.isSettled = false;
    }
    this.herald.tell({ state: toTabState(state) });
  }

  settled(position: StreamPosition | null): void {
    this.isSettled = true;
    this.herald.tell({ position });
  }

  message(message: RealtimeMessage): void {
    if (message.event === 'connected') {
      this.greeting = message;
    }
    this.herald.tell({ message });
    this.stream.deliver(message);
  }

  /** @param position how far the tab that joins has followed the stream */
  welcome(to: string, position: StreamPosition | null, state: ConnectionState): void {
    // What is untold is part of the welcome.
    this.herald.flush();
    this.channel.post({
      kind: 'welcome',
      term: this.term,
      to,
      next: this.herald.next,
      state: toTabState(state),
      greeting: this.greeting,
      position: this.isSettled ? this.stream.position : undefined,
      missed: this.stream.since(position),
    });
  }
}
