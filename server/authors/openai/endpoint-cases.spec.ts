import type { FailureCode, Waiting } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { briefOf } from '../../testing/brief';
import { ScriptedEndpoint, type Step } from '../../testing/scripted-endpoint';
import { AuthorError, type AuthorUsage, type WritingBrief } from '../author';
import { OpenAiAuthor, type OpenAiAuthorOptions } from './openai-author';

const DONE = 'data: [DONE]\n\n';
/** Long enough to count as progress. */
const FIRST = '雾从海上来的时候，她正把最后一盏灯挂到窗前，没有回头，也没有听见楼下那一阵急促的敲门声，';
const SECOND = '只是把灯举得更高。';

function delta(content: string, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finishReason }] })}\n\n`;
}

/** An answer in these pieces, the last of which has the finish reason. */
function answer(finishReason: string, ...pieces: readonly string[]): Step[] {
  return [
    { do: 'send', bytes: pieces.map((piece) => delta(piece)).join('') + delta('', finishReason) + DONE },
    { do: 'end' },
  ];
}

interface Written {
  readonly text: string;
  readonly usage: AuthorUsage | undefined;
  readonly waits: readonly (Waiting | null)[];
  readonly failure: AuthorError | undefined;
}

const Asked = v.object({
  messages: v.array(v.object({ role: v.string(), content: v.string() })),
  stream_options: v.optional(v.unknown()),
});

describe('An OpenAI-compatible endpoint', () => {
  let endpoint: ScriptedEndpoint;

  beforeEach(async () => {
    endpoint = await ScriptedEndpoint.start();
  });

  afterEach(async () => {
    await endpoint.stop();
  });

  const authorWith = (options: Partial<OpenAiAuthorOptions> = {}): OpenAiAuthor =>
    new OpenAiAuthor({
      baseUrl: endpoint.baseUrl,
      model: 'a-model',
      patience: { firstWait: 1, longestWait: 1, total: 20 },
      ...options,
    });

  /** What a reader has in the end. */
  const write = async (author = authorWith(), brief: WritingBrief = briefOf()): Promise<Written> => {
    let text = '';
    let usage: AuthorUsage | undefined;
    const waits: (Waiting | null)[] = [];
    try {
      for await (const piece of author.write(brief, new AbortController().signal)) {
        if ('text' in piece) {
          expect(piece.text).not.toMatch(/think|```/u);
          text += piece.text;
        } else if ('anew' in piece) {
          text = '';
        } else if ('waiting' in piece) {
          waits.push(piece.waiting);
        } else {
          usage = piece.usage;
        }
      }
    } catch (error) {
      if (!(error instanceof AuthorError)) {
        throw error;
      }
      return { text, usage: error.usage, waits, failure: error };
    }
    return { text, usage, waits, failure: undefined };
  };

  const messagesOf = (request: number): { role: string; content: string }[] =>
    v.parse(Asked, endpoint.requests[request]?.body).messages;

  it('that cuts an answer off at its limit is asked for the rest, without a seam', async () => {
    endpoint.script(...answer('length', FIRST));
    endpoint.script(...answer('stop', FIRST.slice(-20), SECOND));

    const { text, usage } = await write();

    expect(text).toBe(FIRST + SECOND);
    expect(messagesOf(1).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(usage?.calls).toBe(2);
  });

  it('that cuts off every answer before it has begun is given up, and told', async () => {
    for (let request = 0; request < 3; request++) {
      endpoint.script(...answer('length', ''));
    }

    expect((await write()).failure?.code).toBe('author_cut_off');
  });

  it('that breaks off near the end is asked for the rest alone', async () => {
    endpoint.script({ do: 'send', bytes: delta(FIRST) }, { do: 'disconnect' });
    endpoint.script(...answer('stop', SECOND));

    const { text, waits } = await write();

    expect(text).toBe(FIRST + SECOND);
    expect(waits.map((wait) => wait?.reason)).toEqual(['failing', undefined]);
    expect(messagesOf(1).at(-2)?.content).toBe(FIRST);
  });

  for (const reason of ['content_filter', 'sensitive']) {
    it(`that withholds the rest (${reason}) is told, and not asked again`, async () => {
      endpoint.script(...answer(reason, FIRST));
      const { failure } = await write();

      expect([failure?.code, failure?.mayTryAgain]).toEqual(['author_withheld', false]);
      expect(endpoint.requests).toHaveSize(1);
    });
  }

  for (const reason of ['error', 'network_error', 'abort']) {
    it(`that ends in the middle with “${reason}” is asked for the rest`, async () => {
      endpoint.script(...answer(reason, FIRST));
      endpoint.script(...answer('stop', SECOND));

      expect((await write()).text).toBe(FIRST + SECOND);
    });
  }

  for (const [what, steps] of Object.entries({
    'with a refusal': [
      {
        do: 'reply',
        status: 400,
        body: { error: { message: "This model's maximum context length is 4096 tokens" } },
      },
    ],
    'with its finish reason': answer('model_context_window_exceeded', ''),
  } satisfies Record<string, Step[]>)) {
    it(`that takes in less than the prompt, and says so ${what}, is shown less`, async () => {
      endpoint.script(...steps);
      endpoint.script(...answer('stop', SECOND));
      const outline = {
        taskType: 'outline',
        chapterIndex: null,
        title: '大纲',
        text: '雾'.repeat(40_000),
      } as const;
      const chapter = (index: number) =>
        ({ taskType: 'revision', chapterIndex: index, title: '章', text: '海'.repeat(9000) }) as const;
      const earlier = [outline, chapter(3), chapter(4), chapter(5), chapter(6)];

      expect((await write(authorWith(), briefOf({ chapterIndex: 7, earlier }))).text).toBe(SECOND);
      const lengths = [0, 1].map((request) => JSON.stringify(messagesOf(request)).length);

      expect(lengths[1]).toBeLessThan((lengths[0] ?? 0) * 0.7);
    });
  }

  it('whose model takes in next to nothing is told, and not asked for ever', async () => {
    for (let request = 0; request < 10; request++) {
      endpoint.script({
        do: 'reply',
        status: 400,
        body: { error: { code: 'context_length_exceeded', message: 'no' } },
      });
    }
    const { failure } = await write();

    expect([failure?.code, failure?.mayTryAgain]).toEqual(['author_out_of_context', false]);
    expect(endpoint.requests.length).toBeLessThan(6);
  });

  it('that sends an empty finish reason, and breaks off, has not finished', async () => {
    endpoint.script({ do: 'send', bytes: delta(FIRST, '') }, { do: 'end' });
    endpoint.script(...answer('stop', SECOND));

    expect((await write()).text).toBe(FIRST + SECOND);
  });

  it('that names a reason which is also a member of every object has finished', async () => {
    endpoint.script(...answer('constructor', FIRST));

    expect((await write()).text).toBe(FIRST);
    expect(endpoint.requests).toHaveSize(1);
  });

  it('that says that it is done, without a finish reason, has finished', async () => {
    endpoint.script({ do: 'send', bytes: delta(FIRST) + DONE }, { do: 'end' });

    expect((await write()).text).toBe(FIRST);
    expect(endpoint.requests).toHaveSize(1);
  });

  it('that sends what the model thinks, and a fence, and remarks, has none of it in the text', async () => {
    endpoint.script(
      ...answer(
        'stop',
        '<thi',
        'nk>用户要一章。</th',
        'ink>\n\n好的，以下是正文：\n\n```mark',
        `down\n${FIRST}\n\`\`\`\n\n希望您喜欢！`,
      ),
    );

    expect((await write()).text).toBe(FIRST);
  });

  it('that sends the end of its thinking alone has it replaced once, and held back from then on', async () => {
    const author = authorWith();
    const thinking = '用户要一章，先想一想。';
    for (let request = 0; request < 2; request++) {
      endpoint.script(...answer('stop', thinking, '</think>\n', FIRST));
    }

    expect((await write(author)).text).toBe(FIRST);
    const pieces = [];
    for await (const piece of author.write(briefOf(), new AbortController().signal)) {
      pieces.push(piece);
    }

    expect(pieces.filter((piece) => 'anew' in piece)).toEqual([]);
  });

  it('that refuses the options of a stream is asked without them, from then on', async () => {
    endpoint.script({
      do: 'reply',
      status: 422,
      body: { detail: [{ loc: ['body', 'stream_options'], msg: 'extra' }] },
    });
    endpoint.script(...answer('stop', SECOND));
    endpoint.script(...answer('stop', SECOND));
    const author = authorWith();

    expect((await write(author)).text).toBe(SECOND);
    await write(author);

    expect(endpoint.requests.map(({ body }) => v.parse(Asked, body).stream_options !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('that takes no instructions of a system is given them in the first message', async () => {
    endpoint.script({ do: 'reply', status: 400, body: { error: { message: 'System role not supported' } } });
    endpoint.script(...answer('stop', SECOND));

    expect((await write()).text).toBe(SECOND);
    expect(messagesOf(1).map(({ role }) => role)).toEqual(['user']);
    expect(messagesOf(1)[0]?.content).toContain(messagesOf(0)[0]?.content ?? 'nothing');
  });

  for (const [where, body] of Object.entries({
    detail: { detail: 'no such adapter' },
    message: { message: 'no such adapter' },
    'an error by its kind': { object: 'error', message: 'no such adapter' },
    'an error that is a word': { error: 'no such adapter' },
  })) {
    it(`that says why it refuses in ${where} is quoted`, async () => {
      endpoint.script({ do: 'reply', status: 400, body });

      expect((await write()).failure?.message).toContain('no such adapter');
    });
  }

  it('that is silent for long is waited for, and people are told so until its first word', async () => {
    endpoint.script(
      { do: 'send', bytes: ': alive\n\n' },
      { do: 'pause', ms: 200 },
      ...answer('stop', SECOND),
    );
    const { text, waits } = await write(authorWith({ toldAfter: 1 }));

    expect([text, waits]).toEqual([SECOND, [{ reason: 'silent', until: null }, null]]);
  });

  for (const [what, status, message, reason] of [
    ['is loading its model', 503, 'Loading model', 'loading'],
    ['has too many requests', 429, 'slow down', 'limited'],
    ['is away for a moment', 502, 'bad gateway', 'failing'],
  ] as const) {
    it(`that ${what} is waited for, and people are told until when`, async () => {
      for (let request = 0; request < 3; request++) {
        endpoint.script({ do: 'reply', status, body: { error: { message } } });
      }
      endpoint.script(...answer('stop', SECOND));
      const { text, waits } = await write();

      expect(text).toBe(SECOND);
      expect(waits.map((wait) => wait?.reason)).toEqual([
        reason,
        undefined,
        reason,
        undefined,
        reason,
        undefined,
      ]);
      expect(waits[0]?.until).toMatch(/^\d{4}-\d\d-\d\dT/u);
    });
  }

  const hopeless: [string, number, object, FailureCode][] = [
    ['a wrong request', 400, { error: { message: 'bad' } }, 'author_refused'],
    ['a wrong key', 401, {}, 'author_unauthorized'],
    ['a bill that is not paid', 402, {}, 'author_unpaid'],
    ['an unknown model', 404, {}, 'author_not_found'],
    [
      'a quota that is used up',
      429,
      { error: { code: 'insufficient_quota', message: 'no' } },
      'author_unpaid',
    ],
  ];
  for (const [what, status, body, code] of hopeless) {
    it(`is asked once where it refuses for ${what}`, async () => {
      endpoint.script({ do: 'reply', status, body });
      const { failure } = await write();

      expect([failure?.code, failure?.mayTryAgain]).toEqual([code, false]);
      expect(endpoint.requests).toHaveSize(1);
    });
  }

  it('that answers with one JSON object instead of a stream is understood', async () => {
    const body = { choices: [{ message: { content: SECOND }, finish_reason: 'stop' }] };
    endpoint.script({ do: 'reply', status: 200, body });

    expect((await write()).text).toBe(SECOND);
  });

  it('has what failed answers cost counted', async () => {
    const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 7 } })}\n\n`;
    endpoint.script({ do: 'send', bytes: delta(FIRST, 'content_filter') + usage + DONE }, { do: 'end' });

    expect((await write()).usage).toEqual({ calls: 1, promptTokens: 100, completionTokens: 7 });
  });

  it('is asked with the limits of the settings', async () => {
    endpoint.script(...answer('stop', SECOND));
    await write(authorWith({ maxOutputTokens: 500, query: { 'api-version': '2026-01-01' } }));

    expect(endpoint.requests[0]?.body).toEqual(jasmine.objectContaining({ max_tokens: 500 }));
    expect(endpoint.requests[0]?.url).toBe('/v1/chat/completions?api-version=2026-01-01');
  });
});
