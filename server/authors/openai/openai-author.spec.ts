import type { FailureCode } from '@creative-autogpt/protocol';
import type { AuthorPiece, AuthorUsage } from '../author';
import { AuthorError } from '../author';
import { briefOf } from '../../testing/brief';
import { OpenAiAuthor, type OpenAiAuthorOptions } from './openai-author';
import { ScriptedEndpoint, type Step } from '../../testing/scripted-endpoint';

const KEY = 'sk-very-secret-key';

function delta(content: string, finishReason: string | null = null): string {
  const choice = { index: 0, delta: { content }, finish_reason: finishReason };
  return `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
}

const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 } })}\n\n`;
const DONE = 'data: [DONE]\n\n';

/** A whole good answer. */
function answer(...parts: string[]): Step[] {
  return [
    ...parts.map((part) => ({ do: 'send' as const, bytes: delta(part) })),
    { do: 'send', bytes: delta('', 'stop') + USAGE + DONE },
    { do: 'end' },
  ];
}

interface Received {
  readonly text: string;
  readonly usage: AuthorUsage | null;
}

async function collect(pieces: AsyncIterable<AuthorPiece>): Promise<Received> {
  let text = '';
  let usage: AuthorUsage | null = null;
  for await (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
    } else if ('usage' in piece) {
      usage = piece.usage;
    }
  }
  return { text, usage };
}

describe('OpenAiAuthor', () => {
  let endpoint: ScriptedEndpoint;

  beforeEach(async () => {
    endpoint = await ScriptedEndpoint.start();
  });

  afterEach(async () => {
    await endpoint.stop();
  });

  const write = async (
    options: Partial<OpenAiAuthorOptions> = {},
    signal = new AbortController().signal,
  ): Promise<Received> => {
    const author = new OpenAiAuthor({
      baseUrl: endpoint.baseUrl,
      apiKey: KEY,
      model: 'a-model',
      patience: { firstWait: 1, total: 10 },
      ...options,
    });
    return collect(author.write(briefOf(), signal));
  };

  const failure = async (options: Partial<OpenAiAuthorOptions> = {}): Promise<string> => {
    try {
      await write({ patience: { total: 0 }, ...options });
    } catch (error) {
      expect(error).toBeInstanceOf(AuthorError);
      return error instanceof Error ? error.message : '';
    }
    return (fail('It wrote.'), '');
  };

  it('asks for a stream with its usage, with the model and the key of the settings', async () => {
    endpoint.script(...answer('雾来了。'));
    await write();
    const [request] = endpoint.requests;
    expect(request?.url).toBe('/v1/chat/completions');
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toEqual(
      jasmine.objectContaining({ model: 'a-model', stream: true, stream_options: { include_usage: true } }),
    );
  });

  it('writes without a key for servers that need none', async () => {
    endpoint.script(...answer('雾来了。'));
    await write({ apiKey: undefined });
    expect(endpoint.requests[0]?.headers.authorization).not.toContain('undefined');
  });

  it('streams the text and reports the usage', async () => {
    endpoint.script(...answer('雾', '来了', '。'));
    expect(await write()).toEqual({
      text: '雾来了。',
      usage: { calls: 1, promptTokens: 12, completionTokens: 3 },
    });
  });

  it('reads an answer that arrives byte by byte, split within characters and within lines', async () => {
    const bytes = new TextEncoder().encode(delta('雾来了。') + delta('', 'stop') + DONE);
    const single = Array.from(bytes, (byte) => ({ do: 'send' as const, bytes: Uint8Array.of(byte) }));
    endpoint.script(...single, { do: 'end' });
    expect((await write()).text).toBe('雾来了。');
  });

  for (const [what, odd] of [
    ['nothing', {}],
    ['only a total', { total_tokens: 15 }],
    ['strings', { prompt_tokens: '12', completion_tokens: '30' }],
    ['fractions', { prompt_tokens: 12.5, completion_tokens: 30.5 }],
    ['negative numbers', { prompt_tokens: -12, completion_tokens: -30 }],
    ['numbers that are too large to count with', { prompt_tokens: 1e300, completion_tokens: 2 ** 53 }],
    ['a list', [12, 30]],
    ['a word', 'many'],
    ['null', { prompt_tokens: null, completion_tokens: null }],
  ] as const) {
    it(`estimates the usage where the server reports ${what}`, async () => {
      const usage = `data: ${JSON.stringify({ choices: [], usage: odd })}\n\n`;
      endpoint.script({ do: 'send', bytes: delta('雾来了。', 'stop') + usage + DONE }, { do: 'end' });
      const received = await write();

      expect(received.usage?.completionTokens).toBe(3);
      expect(received.usage?.promptTokens).toBeGreaterThan(100);
    });
  }

  it('keeps a count that it was given, whatever the other one is', async () => {
    const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 12, completion_tokens: '30' } })}\n\n`;
    endpoint.script({ do: 'send', bytes: delta('雾来了。', 'stop') + usage + DONE }, { do: 'end' });

    expect((await write()).usage).toEqual({ calls: 1, promptTokens: 12, completionTokens: 3 });
  });

  it('estimates the usage where the server does not report it', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾来了。', 'stop') + DONE }, { do: 'end' });
    const { usage } = await write();
    expect(usage?.completionTokens).toBeGreaterThan(0);
    expect(usage?.promptTokens).toBeGreaterThan(100);
  });

  it('tries again after a 500', async () => {
    endpoint.script({ do: 'reply', status: 500, headers: { 'retry-after-ms': '1' } });
    endpoint.script(...answer('雾来了。'));
    expect((await write()).text).toBe('雾来了。');
    expect(endpoint.requests).toHaveSize(2);
  });

  it('tries again after a 429, when it is told to', async () => {
    endpoint.script({ do: 'reply', status: 429, headers: { 'retry-after-ms': '1' } });
    endpoint.script(...answer('雾来了。'));
    expect((await write()).text).toBe('雾来了。');
  });

  for (const [header, value] of [
    ['retry-after', '9999999'],
    ['retry-after', 'Infinity'],
    ['retry-after-ms', '2147483648'],
    ['retry-after', 'Fri, 31 Dec 9999 23:59:59 GMT'],
  ] as const) {
    it(`does not ask again at once where ${header} is "${value}", but says what it was told`, async () => {
      endpoint.script({ do: 'reply', status: 429, headers: { [header]: value } });

      expect(await failure()).toMatch(/429.*Wait/u);
      expect(endpoint.requests).toHaveSize(1);
    });
  }

  it('gives up when its patience is at its end, and says what to do', async () => {
    for (let request = 0; request < 3; request++) {
      endpoint.script({ do: 'reply', status: 429, headers: { 'retry-after-ms': '1' } });
    }
    expect(await failure({ patience: { total: 2 } })).toMatch(/429.*Wait/u);
    expect(endpoint.requests).toHaveSize(3);
  });

  it('names LLM_API_KEY after a 401, and never the key, even if the server repeats it', async () => {
    endpoint.script({ do: 'reply', status: 401, body: { error: { message: `Incorrect key ${KEY}` } } });
    const message = await failure();
    expect(message).toContain('LLM_API_KEY');
    expect(message).not.toContain(KEY);
  });

  it('names LLM_MODEL after a 404', async () => {
    endpoint.script({ do: 'reply', status: 404, body: { error: { message: 'no such model' } } });
    expect(await failure()).toMatch(/a-model.*404.*LLM_MODEL/u);
  });

  it('quotes the server after a 400, without the key', async () => {
    endpoint.script({
      do: 'reply',
      status: 400,
      body: { error: { message: `context too long for ${KEY}` } },
    });
    expect(await failure()).toMatch(/context too long for …/u);
  });

  it('names LLM_BASE_URL and the cause when nothing listens there', async () => {
    const { baseUrl } = endpoint;
    await endpoint.stop();
    endpoint = await ScriptedEndpoint.start();
    expect(await failure({ baseUrl, patience: { total: 0 } })).toMatch(/ECONNREFUSED.*LLM_BASE_URL/u);
  });

  it('never repeats a password in LLM_BASE_URL', async () => {
    const baseUrl = endpoint.baseUrl.replace('http://', 'http://user:password@');
    expect(await failure({ baseUrl, patience: { total: 0 } })).not.toContain('password');
  });

  it('gives up on a server that does not begin to answer', async () => {
    expect(await failure({ firstByteTimeout: 20 })).toMatch(/gave no word/u);
  });

  it('gives up on a stream that stalls', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾') }, { do: 'stall' });
    expect(await failure({ idleTimeout: 50 })).toMatch(/silent/u);
  });

  it('asks again when a stream stalls before its first word', async () => {
    endpoint.script({ do: 'stall' });
    endpoint.script(...answer('雾来了。'));
    expect((await write({ firstByteTimeout: 500 })).text).toBe('雾来了。');
  });

  it('reports a connection that is lost in the middle', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾') }, { do: 'disconnect' });
    expect(await failure()).toMatch(/broke off/u);
    expect(endpoint.requests).toHaveSize(1);
  });

  it('reports a stream that ends without having finished', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾') }, { do: 'end' });
    expect(await failure()).toMatch(/ended in the middle/u);
  });

  it('reports an error that the server sends within the stream', async () => {
    endpoint.script({
      do: 'send',
      bytes: `data: ${JSON.stringify({ error: { message: 'out of memory' } })}\n\n`,
    });
    expect(await failure()).toMatch(/out of memory/u);
  });

  it('reports a stream that is not JSON', async () => {
    endpoint.script({ do: 'send', bytes: 'data: <html>\n\n' }, { do: 'end' });
    expect(await failure()).toMatch(/not JSON: <html>/u);
  });

  it('asks again after an empty answer, and gives up after three', async () => {
    for (let request = 0; request < 3; request++) {
      endpoint.script(...answer(''));
    }
    expect(await failure({ patience: { firstWait: 1 } })).toMatch(/without any text.*LLM_MODEL/u);
    expect(endpoint.requests).toHaveSize(3);
  });

  const reply = (status: number, body = {}): Step[] => [
    { do: 'reply', status, body, headers: { 'retry-after-ms': '1' } },
  ];
  const failures: Record<string, [steps: Step[], code: FailureCode, options?: Partial<OpenAiAuthorOptions>]> =
    {
      'a key that is refused': [reply(401), 'author_unauthorized'],
      'a bill that is not paid': [reply(402), 'author_unpaid'],
      'a model that the key may not use': [reply(403), 'author_forbidden'],
      'an unknown model': [reply(404), 'author_not_found'],
      'too many requests': [reply(429), 'author_limited'],
      'a request that is refused': [reply(400), 'author_refused'],
      'a server that fails': [reply(500), 'author_failed'],
      'a server that never begins': [[], 'author_timeout', { firstByteTimeout: 50 }],
      'a lost connection': [[{ do: 'send', bytes: delta('雾') }, { do: 'disconnect' }], 'author_interrupted'],
      'an unfinished stream': [[{ do: 'send', bytes: delta('雾') }, { do: 'end' }], 'author_interrupted'],
      'a silent stream': [
        [{ do: 'send', bytes: delta('雾') }, { do: 'stall' }],
        'author_interrupted',
        { idleTimeout: 50 },
      ],
      'an empty answer': [answer(''), 'author_empty'],
      'JSON that is no stream': [reply(200, { models: [] }), 'author_not_a_model'],
    };
  for (const [what, [steps, code, options]] of Object.entries(failures)) {
    it(`tells ${what} by the code ${code}`, async () => {
      endpoint.script(...steps);
      endpoint.script(...steps);

      const failing = write({ patience: { total: 0 }, ...options });

      await expectAsync(failing).toBeRejectedWith(jasmine.objectContaining({ code }));
    });
  }

  it('S6: an abort in the middle throws its reason and closes the connection to the server', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾') }, { do: 'stall' });
    const controller = new AbortController();
    const author = new OpenAiAuthor({ baseUrl: endpoint.baseUrl, apiKey: KEY, model: 'a-model' });
    const pieces = author.write(briefOf(), controller.signal);
    expect(await pieces.next()).toEqual({ done: false, value: { text: '雾' } });
    const next = pieces.next();
    const reason = new Error('paused by a person');
    controller.abort(reason);
    await expectAsync(next).toBeRejectedWith(reason);
    await expectAsync(endpoint.requests[0]?.closed ?? Promise.reject(new Error())).toBeResolved();
  });

  it('closes the connection when its reader stops reading', async () => {
    endpoint.script({ do: 'send', bytes: delta('雾') }, { do: 'stall' });
    const author = new OpenAiAuthor({ baseUrl: endpoint.baseUrl, apiKey: KEY, model: 'a-model' });
    const pieces = author.write(briefOf(), new AbortController().signal);
    await pieces.next();
    await pieces.return(undefined);
    await expectAsync(endpoint.requests[0]?.closed ?? Promise.reject(new Error())).toBeResolved();
  });

  it('throws the reason of a signal that has already aborted, without a request', async () => {
    const reason = new Error('stopped');
    await expectAsync(write({}, AbortSignal.abort(reason))).toBeRejectedWith(reason);
    expect(endpoint.requests).toHaveSize(0);
  });
});
