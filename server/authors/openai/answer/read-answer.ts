import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { AuthorError } from '../../author';

/** A piece of an endpoint's answer: whatever of it the piece has. */
export interface AnswerPiece {
  readonly text: string;
  /** Whether the model says something with it, if only what it thinks. */
  readonly isWord: boolean;
  /** Empty where the piece names none. */
  readonly finishReason: string;
  /** As the endpoint counts, which is not to be relied on. */
  readonly usage: unknown;
}

/** The endpoint says within its answer that it failed. */
export class EndpointFailed extends Error {
  override readonly name = 'EndpointFailed';
}

/** Characters of a page or an error that are quoted at the most. */
export const LONGEST_QUOTE = 300;

/** Where an answer ends that says so itself. */
const DONE = '[DONE]';

/**
 * Reads the answer of an endpoint, a stream of events or one JSON object, in whatever of the many forms it comes
 * that OpenAI-compatible servers send. Pieces that say nothing are given, too: they are signs of life.
 *
 * @returns whether the answer came to its end, instead of breaking off
 * @throws EndpointFailed, or AuthorError `author_not_a_model` for what is no answer of a model
 */
export async function* readAnswer(response: Response): AsyncGenerator<AnswerPiece, boolean> {
  const chunks = decoded(response);
  for await (const chunk of chunks) {
    // Space before the answer is a sign of life alone, and there may be any amount of it.
    const beginning = chunk.trimStart();
    const [first] = beginning;
    if (first === '{' || first === '<') {
      yield wholeAnswer(response, beginning + (await rest(chunks)));
      return true;
    }
    if (first !== undefined) {
      return yield* readEvents(beginning, chunks);
    }
    yield SILENT;
  }
  return false;
}

const SILENT: AnswerPiece = { text: '', isWord: false, finishReason: '', usage: undefined };

async function* decoded(response: Response): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const bytes of body ?? []) {
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

async function rest(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
  }
  return text;
}

async function* readEvents(
  beginning: string,
  chunks: AsyncGenerator<string, void>,
): AsyncGenerator<AnswerPiece, boolean> {
  let said: string[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      said.push(data);
    },
  });
  for (let chunk: IteratorResult<string, void> = { value: beginning }; ; chunk = await chunks.next()) {
    // The last line may be without its end.
    parser.feed(chunk.done === true ? '\n\n' : chunk.value);
    for (const data of said) {
      if (data.trim() === DONE) {
        return true;
      }
      yield data.trim() === '' || data.startsWith(':') ? SILENT : pieceOf(parsed(data));
    }
    if (chunk.done === true) {
      return false;
    }
    if (said.length === 0) {
      yield SILENT;
    }
    said = [];
  }
}

/** An answer that is not a stream, although one was asked for. */
function wholeAnswer(response: Response, text: string): AnswerPiece {
  if (text.startsWith('<')) {
    throw notAModel(response, text);
  }
  const value = parsed(text);
  const piece = pieceOf(value);
  if (!v.is(v.object({ choices: v.array(v.unknown()) }), value)) {
    throw notAModel(response, text);
  }
  return piece;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new EndpointFailed(`it sent what is not JSON: ${json.slice(0, LONGEST_QUOTE)}`);
  }
}

function notAModel({ headers }: Response, page: string): AuthorError {
  const title = /<title>([^<]*)<\/title>/iu.exec(page)?.[1]?.trim().slice(0, LONGEST_QUOTE) ?? '';
  const type = headers.get('content-type') ?? 'nothing';
  const shown = title === '' ? type : `${type}, “${title}”`;
  return new AuthorError(
    `The server at LLM_BASE_URL answered with something else than a model's words (${shown}). Check that LLM_BASE_URL is an OpenAI-compatible endpoint; it often ends with /v1.`,
    'author_not_a_model',
  );
}

const Part = v.union([
  v.string(),
  v.pipe(
    v.object({
      text: v.union([
        v.string(),
        v.pipe(
          v.object({ value: v.string() }),
          v.transform(({ value }) => value),
        ),
      ]),
    }),
    v.transform(({ text }) => text),
  ),
]);
/** Text, a list of parts of which some are text, or none. */
const Content = v.fallback(
  v.union([
    v.string(),
    v.pipe(
      v.array(v.fallback(Part, '')),
      v.transform((parts) => parts.join('')),
    ),
  ]),
  '',
);
const Message = v.fallback(v.object({ content: Content }), { content: '' });
const Choice = v.fallback(
  v.object({
    delta: Message,
    /** In an answer that is not a stream. */
    message: Message,
    finish_reason: v.fallback(v.string(), ''),
  }),
  { delta: { content: '' }, message: { content: '' }, finish_reason: '' },
);
const Chunk = v.object({
  choices: v.fallback(v.array(Choice), []),
  usage: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
  object: v.optional(v.unknown()),
});

function pieceOf(value: unknown): AnswerPiece {
  const chunk = v.safeParse(Chunk, value);
  if (!chunk.success) {
    return SILENT;
  }
  const { choices, error, object, usage } = chunk.output;
  if (error !== undefined && error !== null) {
    throw new EndpointFailed(saidIn(error));
  }
  if (object === 'error') {
    throw new EndpointFailed(saidIn(value));
  }
  const [choice] = choices;
  return {
    text: (choice?.delta.content ?? '') + (choice?.message.content ?? ''),
    isWord: choice !== undefined,
    finishReason: choice?.finish_reason ?? '',
    usage,
  };
}

const Said = v.union([
  v.string(),
  v.pipe(
    v.object({ message: v.string() }),
    v.transform(({ message }) => message),
  ),
  v.pipe(
    v.object({ detail: v.string() }),
    v.transform(({ detail }) => detail),
  ),
  v.pipe(
    v.object({ error: v.string() }),
    v.transform(({ error }) => error),
  ),
  v.pipe(
    v.object({ error: v.object({ message: v.string() }) }),
    v.transform(({ error }) => error.message),
  ),
]);

/** What an endpoint says in an error, in whichever of the usual places it says it. */
export function saidIn(error: unknown): string {
  const said = v.safeParse(Said, error);
  return (said.success ? said.output : JSON.stringify(error)).slice(0, LONGEST_QUOTE);
}
