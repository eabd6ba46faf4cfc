import { type AnswerPiece, EndpointFailed, readAnswer } from './read-answer';

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: unknown, finish: unknown = null): string =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });

/** Reads an answer that comes in these pieces. */
async function read(
  body: readonly string[],
  type = 'text/event-stream',
): Promise<{ text: string; finishReason: string; usage: unknown; isComplete: boolean; pieces: number }> {
  const bytes = new ReadableStream<Uint8Array>({
    start: (controller) => {
      body.forEach((piece) => {
        controller.enqueue(new TextEncoder().encode(piece));
      });
      controller.close();
    },
  });
  const answer = readAnswer(new Response(bytes, { headers: { 'content-type': type } }));
  const pieces: AnswerPiece[] = [];
  for (;;) {
    const { done, value } = await answer.next();
    if (done === true) {
      return {
        text: pieces.map(({ text }) => text).join(''),
        finishReason: pieces.map(({ finishReason }) => finishReason).join(''),
        usage: pieces.find(({ usage }) => usage !== undefined)?.usage,
        isComplete: value,
        pieces: pieces.length,
      };
    }
    pieces.push(value);
  }
}

describe('readAnswer', () => {
  it('reads a stream, its finish reason and its usage', async () => {
    const answer = await read([
      delta('雾'),
      delta('来了。', 'stop'),
      event({ choices: [], usage: { total_tokens: 3 } }),
      'data: [DONE]\n\n',
    ]);

    expect(answer).toEqual(
      jasmine.objectContaining({
        text: '雾来了。',
        finishReason: 'stop',
        usage: { total_tokens: 3 },
        isComplete: true,
      }),
    );
  });

  it('reads it split at any place, also with line ends of Windows', async () => {
    const whole = (delta('雾来了。', 'stop') + 'data: [DONE]\n\n').replaceAll('\n', '\r\n');
    for (let at = 1; at < whole.length; at++) {
      expect((await read([whole.slice(0, at), whole.slice(at)])).text).toBe('雾来了。');
    }
  });

  it('joins the parts of a content that is a list, and leaves out parts that are no text', async () => {
    const parts = [
      { type: 'text', text: '雾' },
      { type: 'image_url', image_url: {} },
      { type: 'text', text: { value: '来' } },
      '了。',
    ];

    expect((await read([delta(parts, 'stop')])).text).toBe('雾来了。');
  });

  for (const [what, odd] of Object.entries({
    'no delta': { choices: [{ index: 0 }] },
    'a delta that is null': { choices: [{ delta: null }] },
    'a content that is a number': { choices: [{ delta: { content: 7 } }] },
    'no choices': { id: 'x' },
    'choices that are null': { choices: null },
    'a choice that is null': { choices: [null] },
    'nothing but null': null,
    'thinking in a field of its own': { choices: [{ delta: { reasoning_content: '嗯' } }] },
  })) {
    it(`passes over a piece with ${what}`, async () => {
      const answer = await read([event(odd), delta('雾。', 'stop')]);

      expect([answer.text, answer.finishReason]).toEqual(['雾。', 'stop']);
    });
  }

  for (const [what, sign] of Object.entries({
    'a comment': ': keep-alive\n\n',
    'a comment in the data': 'data: : keepalive\n\n',
    'data that is empty': 'data:\n\n',
    'an event without data': 'event: ping\n\n',
  })) {
    it(`gives ${what} as a sign of life`, async () => {
      const before = await read([delta('雾。', 'stop')]);
      const answer = await read([sign, delta('雾。', 'stop')]);

      expect(answer.text).toBe('雾。');
      expect(answer.pieces).toBeGreaterThan(before.pieces);
    });
  }

  it('takes an empty finish reason for none', async () => {
    expect((await read([delta('雾', '')])).finishReason).toBe('');
  });

  it('tells an answer that says its end from one that breaks off', async () => {
    expect((await read([delta('雾。'), 'data: [DONE]\n\n'])).isComplete).toBeTrue();
    expect((await read([delta('雾。')])).isComplete).toBeFalse();
    expect((await read([])).isComplete).toBeFalse();
  });

  it('takes the last event without the line that ends it', async () => {
    expect((await read([delta('雾。', 'stop').trimEnd()])).text).toBe('雾。');
  });

  it('takes an answer that is one JSON object', async () => {
    const whole = { choices: [{ message: { content: '雾来了。' }, finish_reason: 'stop' }], usage: {} };

    expect(await read([JSON.stringify(whole)], 'application/json')).toEqual(
      jasmine.objectContaining({ text: '雾来了。', finishReason: 'stop', usage: {}, isComplete: true }),
    );
  });

  for (const [what, error, said] of [
    ['an error with a message', { error: { message: 'out of memory' } }, 'out of memory'],
    ['an error that is a word', { error: 'overloaded' }, 'overloaded'],
    ['an error by its kind', { object: 'error', message: 'no such model' }, 'no such model'],
    ['an error with a detail', { error: { detail: 'too many' } }, 'too many'],
  ] as const) {
    it(`fails with what ${what} says, in a stream and in a JSON object`, async () => {
      for (const body of [event(error), JSON.stringify(error)]) {
        await expectAsync(read([body])).toBeRejectedWithError(EndpointFailed, said);
      }
    });
  }

  it('names a page that comes instead of an answer', async () => {
    const page = '<!doctype html><title>Sign in</title><p>…</p>';

    await expectAsync(read([page], 'text/html')).toBeRejectedWith(
      jasmine.objectContaining({
        code: 'author_not_a_model',
        message: jasmine.stringContaining('text/html, “Sign in”'),
      }),
    );
  });

  it('names JSON that is no answer of a model', async () => {
    await expectAsync(read(['{"models":[]}'], 'application/json')).toBeRejectedWith(
      jasmine.objectContaining({ code: 'author_not_a_model' }),
    );
  });

  it('quotes the beginning of an event that is not JSON', async () => {
    await expectAsync(read(['data: {"choices": [\n\n'])).toBeRejectedWithError(
      EndpointFailed,
      /not JSON: \{"cho/u,
    );
  });
});
