import { tick } from '../../spec-support/client';
import { settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { answerConnect, outboxClient, rejectionCode, sentEvents } from '../../spec-support/outbox-client';
import type { RealtimeCodec } from '../codec/realtime-codec';
import { withCodec } from '../codec/with-codec';

describe('a message that the codec refuses', () => {
  useFakeBrowser();

  /** A client whose codec has no form for the event `refused`. */
  function refusingClient() {
    const codec: RealtimeCodec = {
      name: 'narrow',
      decode: (frame): unknown => (typeof frame === 'string' ? JSON.parse(frame) : null),
      encode: (message) => {
        if (message.event === 'refused') {
          throw new TypeError('It has no form for this.');
        }
        return JSON.stringify(message);
      },
    };
    const client = outboxClient({}, {}, [
      withCodec({ protocol: 'narrow', load: () => Promise.resolve(codec) }),
    ]);
    const connect = async (): Promise<void> => {
      client.realtime.connect();
      lastSocket().accept('narrow');
      await settled();
      answerConnect();
      tick(1_000);
    };
    return { ...client, connect };
  }

  it('is dropped when its turn comes, and reported once', async () => {
    const { outbox, drops, errors, connect } = refusingClient();
    outbox.send({ event: 'refused' });
    await connect();

    expect(drops).toEqual([{ message: { event: 'refused' }, reason: 'unserializable' }]);
    expect(errors.map(({ code }) => code)).toEqual(['unserializable-message']);
  });

  it('does not hold up what waits behind it', async () => {
    const { outbox, connect } = refusingClient();
    for (const event of ['a', 'refused', 'b']) {
      outbox.send({ event });
    }
    await connect();

    expect(sentEvents()).toEqual(['a', 'b']);
    expect(outbox.depth()).toBe(0);
  });

  it('is rejected if it is a request', async () => {
    const { outbox, connect } = refusingClient();
    const code = rejectionCode(outbox.request('refused'));
    await connect();

    expect(await code).toBe('unserializable-message');
  });

  it('is dropped at once over an open connection, although it could wait as JSON', async () => {
    const { outbox, errors, connect } = refusingClient();
    await connect();

    expect(outbox.send({ event: 'refused' })).toBe('dropped');
    expect(errors.map(({ code }) => code)).toEqual(['unserializable-message']);
  });
});
