import type { TabChannel } from './tab-channel';
import type { TabNews } from './tab-message';

/**
 * Tells the other tabs what happens, in order and numbered. What happens in one turn of the event loop, such as the
 * messages of one batch, is told at once: to post costs far more than to add to a list.
 */
export class Herald {
  private readonly untold: TabNews[] = [];
  private told = 0;

  constructor(
    private readonly channel: TabChannel,
    private readonly term: number,
  ) {}

  /** Number of the news that comes next. */
  get next(): number {
    return this.told + this.untold.length;
  }

  tell(news: TabNews): void {
    this.untold.push(news);
    if (this.untold.length === 1) {
      queueMicrotask(() => this.flush());
    }
  }

  /** Tells at once what is untold. */
  flush(): void {
    if (this.untold.length > 0) {
      const news = this.untold.splice(0);
      this.channel.post({ kind: 'news', term: this.term, first: this.told, news });
      this.told += news.length;
    }
  }
}
