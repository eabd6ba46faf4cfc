import { filter, retry, share } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { expose } from '../client-under-test';
import { type CountedEvent, EVENT } from '../events';

type Message = CountedEvent | { readonly event: string; readonly count?: number };
let subject: ReturnType<typeof webSocket<Message>>;

function isEvent(message: Message): message is CountedEvent {
  return message.event === EVENT;
}

expose({
  connect: (url, received) =>
    new Promise((resolve) => {
      subject = webSocket<Message>({ url, openObserver: { next: () => resolve() } });
      const messages = subject.pipe(retry({ delay: 1_000 }), share());
      messages.pipe(filter(isEvent)).subscribe(({ data }) => received(data.index));
      for (const event of ['session.update', 'progress.update', 'error']) {
        messages.pipe(filter((message) => message.event === event)).subscribe();
      }
    }),
  ask: (count) => subject.next({ event: 'ask', count }),
});
