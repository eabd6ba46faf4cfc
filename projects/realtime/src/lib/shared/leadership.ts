import type { ConnectionState } from '../connection/connection-status';
import type { RealtimeMessage } from '../realtime-message';
import type { StreamPosition, StreamTurn } from '../recovery/stream-position';
import type { TopicRefusal } from '../subscriptions/tab-topics';
import type { TabChannel } from './tab-channel';
import { copyable, type TabMessage, type TabNews, toTabError, toTabState } from './tab-message';
import type { TabStream } from './tab-stream';

/**
 * One term of a leading tab: what happens on its socket goes to the other tabs, in order and numbered, or
 * when they join. What happens in one turn of the event loop, such as the messages of one batch, is told at
 * once: to post costs far more than to add to a list.
 */
export class Leadership {
  readonly #channel: TabChannel;
  readonly #stream: TabStream;
  readonly #untold: TabNews[] = [];
  #told = 0;
  #greeting: RealtimeMessage | null = null;
  /** Whether the stream began anew with the link; null while that is not known. */
  #isRestart: boolean | null = null;

  constructor(
    channel: TabChannel,
    stream: TabStream,
    readonly term: number,
  ) {
    this.#channel = channel;
    this.#stream = stream;
  }

  announce(): void {
    this.#channel.post({ kind: 'lead', term: this.term });
  }

  state(state: ConnectionState): void {
    if (state.status !== 'connected') {
      this.#greeting = null;
      this.#isRestart = null;
    }
    this.#tell({ state: toTabState(state) });
  }

  settled(turn: StreamTurn): void {
    this.#isRestart = turn.isRestart;
    this.#tell({ turn });
  }

  message(message: RealtimeMessage): void {
    if (message.event === 'connected') {
      this.#greeting = message;
    }
    this.#tell({ message });
    this.#stream.deliver(message);
  }

  refused({ topic, error }: TopicRefusal): void {
    this.#tell({ refused: topic, error: toTabError(error) });
  }

  /** @param position how far the tab that joins has followed the stream */
  welcome(to: string, position: StreamPosition | null, state: ConnectionState): void {
    // What is untold is part of the welcome.
    this.flush();
    const isRestart = this.#isRestart;
    const news: TabNews[] = [
      ...this.#stream.since(position).map((message) => ({ message })),
      ...(isRestart === null ? [] : [{ turn: { position: this.#stream.position, isRestart } }]),
      { state: toTabState(state) },
      ...(this.#greeting ? [{ message: this.#greeting }] : []),
    ];
    this.#post({ kind: 'welcome', term: this.term, to, next: this.#told, news });
  }

  /** Tells what waits for the end of the turn. */
  flush(): void {
    if (this.#untold.length > 0) {
      const news = this.#untold.splice(0);
      const first = this.#told;
      this.#told += news.length;
      this.#post({ kind: 'news', term: this.term, first, news });
    }
  }

  #tell(news: TabNews): void {
    this.#untold.push(news);
    if (this.#untold.length === 1) {
      queueMicrotask(() => this.flush());
    }
  }

  /** One message that cannot be copied would keep everything beside it from the other tabs. */
  #post(message: Extract<TabMessage, { readonly kind: 'news' | 'welcome' }>): void {
    try {
      this.#channel.post(message);
    } catch {
      this.#channel.post({ ...message, news: message.news.map(copyable) });
    }
  }
}
