import type { EvaluationResult, Task, Waiting } from '@creative-autogpt/protocol';
import { AuthorError, type Author, type AuthorUsage } from '../authors/author';
import { evaluate } from '../evaluation/evaluate';
import type { Store } from '../ports/store';
import type { TaskOutcome } from '../domain/new-work';
import { interruptible } from './interruptible';
import type { Log } from '../ports/log';
import type { WritingBoard, WritingPlace } from '../ports/writing-board';
import { briefFor } from './writing-brief';

/** What texts are written with. */
export interface AuthoringParts {
  readonly author: Author;
  readonly board: WritingBoard;
  readonly log: Log;
}

/**
 * Begins to measure a time. @returns the seconds since then, to the millisecond, whatever becomes of the
 * system's clock
 */
export function stopwatch(): () => number {
  const begun = performance.now();
  return () => Math.round(performance.now() - begun) / 1000;
}

/** What an attempt works with. */
export interface AttemptParts extends AuthoringParts {
  readonly store: Pick<Store, 'findSession' | 'tasksOf'>;
  readonly place: WritingPlace;
  /** What an attempt that was cut off has left of the text; empty for none. */
  readonly checkpoint: string;
  /** Is told all that is written of the first text whenever there is more. */
  readonly written: (text: string) => void;
  /** Stores what the author waits for; null once it goes on. */
  readonly waits: (waiting: Waiting | null) => Promise<unknown>;
  /** Stores that the task is begun once more within the same attempt. */
  readonly beginRewrite: () => Promise<Task>;
}

interface EvaluatedText {
  readonly text: string;
  readonly usage: AuthorUsage;
  readonly evaluation: EvaluationResult;
}

/**
 * Writes the text of a task that has begun. A text that fails its evaluation is written once more, and the
 * better of the two is kept.
 *
 * @throws AuthorError when there is no text.
 * @throws the signal's reason once it aborts; from then on nothing is stored or shown.
 */
export async function attemptTask(
  parts: AttemptParts,
  task: Task,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const { author } = parts;
  const seconds = stopwatch();
  const first = await writeText(parts, task, signal);
  const second = first.evaluation.passed ? undefined : await rewrite(parts, task, signal);
  const best =
    second?.evaluated !== undefined && isBetter(second.evaluated, first) ? second.evaluated : first;
  const spent = [first.usage, ...(second === undefined ? [] : [second.usage])];
  return {
    result: best.text,
    evaluation: best.evaluation,
    calls: sum(spent.map(({ calls }) => calls)),
    promptTokens: sum(spent.map(({ promptTokens }) => promptTokens)),
    completionTokens: sum(spent.map(({ completionTokens }) => completionTokens)),
    provider: author.provider,
    model: author.model,
    seconds: seconds(),
  };
}

/** A second text, or only what it cost when the author fails: the first one is there. */
async function rewrite(
  parts: AttemptParts,
  task: Task,
  signal: AbortSignal,
): Promise<{ readonly evaluated?: EvaluatedText; readonly usage: AuthorUsage }> {
  const begun = await parts.beginRewrite();
  try {
    const evaluated = await writeText({ ...parts, checkpoint: '', written: ignore }, begun, signal);
    return { evaluated, usage: evaluated.usage };
  } catch (error) {
    if (signal.aborted || !(error instanceof AuthorError)) {
      throw error;
    }
    parts.log.warn({ err: error, task_id: task.task_id }, 'a rewrite failed; the first text is kept');
    return { usage: error.usage };
  }
}

async function writeText(
  { author, board, checkpoint, place, store, waits, written }: AttemptParts,
  task: Task,
  signal: AbortSignal,
): Promise<EvaluatedText> {
  const [session, tasks] = await Promise.all([
    store.findSession(task.session_id),
    store.tasksOf(task.session_id),
  ]);
  const fromTheStart = briefFor(session, task, tasks);
  const begun = checkpoint !== '' && author.canContinue(fromTheStart, checkpoint) ? checkpoint : '';
  const brief = { ...fromTheStart, begun };
  signal.throwIfAborted();
  let writing = board.open(place, task.task_id);
  let text = begun;
  writing.append(begun);
  let usage: AuthorUsage = { calls: 1, promptTokens: 0, completionTokens: 0 };
  for await (const piece of interruptible(author.write(brief, signal), signal)) {
    if ('text' in piece) {
      text += piece.text;
      writing.append(piece.text);
      written(text);
    } else if ('anew' in piece) {
      text = begun;
      writing = board.open(place, task.task_id);
      writing.append(begun);
      written(text);
    } else if ('waiting' in piece) {
      await waits(piece.waiting);
    } else {
      usage = piece.usage;
    }
  }
  signal.throwIfAborted();
  writing.finish();
  if (text.trim() === '') {
    throw new AuthorError(
      'The author returned an empty text. Try again, or choose another model.',
      'author_empty',
    );
  }
  return { text, usage, evaluation: evaluate(text, brief) };
}

function ignore(): void {
  // What a rewrite has written is not gone on from.
}

function isBetter(one: EvaluatedText, other: EvaluatedText): boolean {
  return one.evaluation.passed === other.evaluation.passed
    ? one.evaluation.score > other.evaluation.score
    : one.evaluation.passed;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
