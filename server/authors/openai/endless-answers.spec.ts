import { gzipSync } from 'node:zlib';
import { briefOf } from '../../testing/brief';
import { ScriptedEndpoint, type Step } from '../../testing/scripted-endpoint';
import { AuthorError } from '../author';
import { boundedAnswer } from './bounded-answer';
import { OpenAiAuthor, type OpenAiAuthorOptions } from './openai-author';

const MEBIBYTE = 1_048_576;

/** Characters that any text may have. */
const ALWAYS_ALLOWED = 50_000;

function piece(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
}

/** The same piece again and again, for far longer than memory lasts. */
function endless(piece: string): Iterable<string> {
  return Array.from({ length: 1_000_000 }, () => piece);
}

describe('An answer without an end', () => {
  let endpoint: ScriptedEndpoint;

  beforeEach(async () => {
    endpoint = await ScriptedEndpoint.start();
  });

  afterEach(async () => {
    await endpoint.stop();
  });

  /** What the author failed with, and how much it gave out before. */
  const failing = async (
    steps: readonly Step[],
    options: Partial<OpenAiAuthorOptions> = {},
    brief = briefOf(),
  ): Promise<{ code: string; message: string; length: number }> => {
    endpoint.script(...steps);
    endpoint.script(...steps);
    const author = new OpenAiAuthor({
      baseUrl: endpoint.baseUrl,
      model: 'a-model',
      patience: { total: 0 },
      ...options,
    });
    let length = 0;
    try {
      for await (const given of author.write(brief, new AbortController().signal)) {
        length += 'text' in given ? given.text.length : 0;
      }
    } catch (error) {
      if (error instanceof AuthorError) {
        return { code: error.code, message: error.message, length };
      }
      throw error;
    }
    return { code: 'none', message: '', length };
  };

  const closed = (): Promise<unknown> => Promise.all(endpoint.requests.map((request) => request.closed));

  it('is cut off where its text is many times as long as it was asked to be', async () => {
    const { code, length } = await failing([{ do: 'flood', pieces: endless(piece('雾'.repeat(4000))) }]);
    await closed();

    expect(code).toBe('author_too_long');
    expect(length).toBe(48_000);
  });

  it('may be as long as several times what it was asked to be', async () => {
    const brief = briefOf({ targetLength: 20_000 });
    const text = piece('雾'.repeat(50_000));
    const end = 'data: {"choices":[{"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const { code, length } = await failing(
      [{ do: 'send', bytes: text + text + end }, { do: 'end' }],
      {},
      brief,
    );

    expect([code, length]).toEqual(['none', 100_000]);
  });

  it('counts what was written of the text before', async () => {
    const brief = briefOf({ begun: '雾'.repeat(ALWAYS_ALLOWED) });

    expect(await failing([{ do: 'send', bytes: piece('她') }], {}, brief)).toEqual(
      jasmine.objectContaining({ code: 'author_too_long', length: 0 }),
    );
  });

  it('is cut off within a line that does not end, before the line fills the memory', async () => {
    const { code, message } = await failing([{ do: 'flood', pieces: endless('x'.repeat(65_536)) }]);
    await closed();

    expect([code, message]).toEqual([
      'author_too_long',
      jasmine.stringContaining('a piece of more than 1 MiB'),
    ]);
  });

  it('is cut off within an event that does not end, however short its lines are', async () => {
    const { message } = await failing([{ do: 'flood', pieces: endless('data: x\n'.repeat(8192)) }]);

    expect(message).toContain('a piece of more than 1 MiB');
  });

  it('is cut off where it sends for ever without a word of text', async () => {
    const thinking = `data: {"choices":[{"delta":{}}],"thought":"${'x'.repeat(50_000)}"}\n\n`;
    const { code, message } = await failing([{ do: 'flood', pieces: endless(thinking) }], {
      mostBytes: 2 * MEBIBYTE,
    });
    await closed();

    expect([code, message]).toEqual(['author_too_long', jasmine.stringContaining('larger than 2 MiB')]);
  });

  it('is cut off where compression made it small on its way', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * MEBIBYTE, 'x'));
    const headers = { 'content-encoding': 'gzip' };
    const { code } = await failing([{ do: 'send', bytes: bomb, headers }, { do: 'stall' }]);

    expect(code).toBe('author_too_long');
  });

  it('is cut off when its time is over, however lively it is', async () => {
    const { code, message } = await failing([{ do: 'flood', pieces: endless(piece('')) }], {
      answerTimeout: 50,
    });
    await closed();

    expect([code, message]).toEqual(['author_too_long', jasmine.stringContaining('did not end within')]);
  });

  it('that says nothing but that it lives is given up after the time that its first word may take', async () => {
    const steps: Step[] = [{ do: 'flood', pieces: endless(': alive\n\n') }];

    expect((await failing(steps, { firstByteTimeout: 50, idleTimeout: 10 })).code).toBe('author_timeout');
  });

  it('to say that it refuses is read as far as it is quoted', async () => {
    const steps: Step[] = [{ do: 'flood', status: 401, pieces: endless('no '.repeat(20_000)) }];
    const { code } = await failing(steps);
    await closed();

    expect(code).toBe('author_unauthorized');
  });

  it('of one redirect after the other is given up', async () => {
    const steps: Step[] = [{ do: 'reply', status: 307, headers: { location: '/v1/chat/completions' } }];
    for (let redirect = 0; redirect < 30; redirect += 1) {
      endpoint.script(...steps);
    }

    expect((await failing(steps)).code).toBe('author_unreachable');
  });

  for (const [what, usage] of [
    ['that no model can read', { prompt_tokens: 2 ** 52, completion_tokens: 2 ** 52 }],
    ['in a long list', { prompt_tokens: Array(100_000).fill(1), completion_tokens: 1 }],
  ] as const) {
    it(`counts no tokens ${what}`, async () => {
      const bytes = `${piece('雾来了。')}data: ${JSON.stringify({ choices: [{ finish_reason: 'stop' }], usage })}\n\n`;
      endpoint.script({ do: 'send', bytes }, { do: 'end' });
      const author = new OpenAiAuthor({ baseUrl: endpoint.baseUrl, model: 'a-model' });
      const given = [];
      for await (const one of author.write(briefOf(), new AbortController().signal)) {
        given.push(one);
      }
      const counted = given.flatMap((one) => ('usage' in one ? [one.usage.promptTokens] : []));

      expect(counted[0]).toBeLessThan(1_000_000);
    });
  }

  it('quotes a short part of a long reason for its end', async () => {
    const bytes = `data: ${JSON.stringify({ choices: [{ finish_reason: 'x'.repeat(100_000) }] })}\n\n`;
    const { code, message } = await failing([{ do: 'send', bytes }, { do: 'end' }]);

    expect(code).toBe('author_empty');
    expect(message.length).toBeLessThan(300);
  });
});

describe('A refusal', () => {
  it('that does not come to an end is quoted as far as it came', async () => {
    const endpoint = await ScriptedEndpoint.start();
    endpoint.script({ do: 'send', status: 401, bytes: 'no' }, { do: 'stall' });
    const author = new OpenAiAuthor({
      baseUrl: endpoint.baseUrl,
      model: 'a-model',
      patience: { total: 0 },
      refusalTime: 50,
    });

    await expectAsync(author.write(briefOf(), new AbortController().signal).next()).toBeRejectedWith(
      jasmine.objectContaining({ code: 'author_unauthorized' }),
    );

    await endpoint.stop();
  });

  it('whose connection breaks off leaves no timer that fails without a listener', async () => {
    jasmine.clock().install();
    const cancel = spyOn(ReadableStreamDefaultReader.prototype, 'cancel').and.resolveTo();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(new Error('reset'));
      },
    });

    await expectAsync(
      boundedAnswer(new Response(body, { status: 503 }), { refusalTime: 50 }),
    ).toBeRejectedWithError('reset');
    jasmine.clock().tick(50);
    jasmine.clock().uninstall();

    expect(cancel).not.toHaveBeenCalled();
  });
});
