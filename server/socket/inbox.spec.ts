import { Inbox } from './inbox';

const KILOBYTE = 1024;

describe('Inbox', () => {
  let isRead: boolean;
  let answered: string[];
  let inbox: Inbox;

  beforeEach(() => {
    isRead = true;
    answered = [];
    const socket = {
      pause: () => (isRead = false),
      resume: () => (isRead = true),
    };
    inbox = new Inbox(socket, ({ bytes }) => {
      const name = bytes.toString().trimEnd();
      answered.push(name);
      if (name === 'hold') {
        inbox.hold();
      }
    });
  });

  const receive = (name: string, length = name.length): void => {
    inbox.receive({ bytes: Buffer.from(name.padEnd(length)), isBinary: false });
  };

  it('answers a frame at once', () => {
    receive('a');

    expect(answered).toEqual(['a']);
  });

  it('lets frames wait while it is held, and answers them in order', () => {
    inbox.hold();
    receive('a');
    receive('b');
    const meanwhile = [...answered];
    inbox.release();
    receive('c');

    expect(meanwhile).toEqual([]);
    expect(answered).toEqual(['a', 'b', 'c']);
  });

  it('stops at a frame that holds it again', () => {
    inbox.hold();
    ['a', 'hold', 'b'].forEach((name) => {
      receive(name);
    });
    inbox.release();

    expect(answered).toEqual(['a', 'hold']);
  });

  it('has nothing more read while too much waits', () => {
    inbox.hold();
    receive('a', 200 * KILOBYTE);
    const first = isRead;
    receive('b', 200 * KILOBYTE);
    const second = isRead;
    inbox.release();

    expect([first, second, isRead]).toEqual([true, false, true]);
    expect(answered).toEqual(['a', 'b']);
  });
});
