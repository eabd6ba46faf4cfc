import * as v from 'valibot';
import { Count } from './count';

/**
 * Where a session stands. It ends as `completed`, `failed` or `stopped`; a failed or stopped one may be
 * started again.
 */
export const SESSION_STATUSES = ['created', 'running', 'paused', 'completed', 'failed', 'stopped'] as const;
export const SessionStatus = v.picklist(SESSION_STATUSES);
export type SessionStatus = v.InferOutput<typeof SessionStatus>;

/** Language the text is written in. */
export const WritingLanguage = v.picklist(['zh', 'en']);
export type WritingLanguage = v.InferOutput<typeof WritingLanguage>;

/** A point in time, ISO 8601 with its zone (`2026-11-22T13:00:58.901Z`). */
export const Timestamp = v.pipe(v.string(), v.isoTimestamp());

/**
 * Bounds of the fields of a {@link SessionGoal}: lengths of texts in UTF-16 code units, and whole numbers.
 */
export const GOAL_LIMITS = {
  genre: 100,
  style: 100,
  requirement: 4000,
  chapter_count: { min: 1, max: 200 },
  word_count: { min: 100, max: 2_000_000 },
} as const;

const text = (length: number) => v.optional(v.pipe(v.string(), v.maxLength(length)));
const wholeNumber = ({ min, max }: { readonly min: number; readonly max: number }) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)));

/** What the author is asked for. */
export const SessionGoal = v.looseObject({
  genre: text(GOAL_LIMITS.genre),
  style: text(GOAL_LIMITS.style),
  requirement: text(GOAL_LIMITS.requirement),
  chapter_count: wholeNumber(GOAL_LIMITS.chapter_count),
  /** Length of the whole work: characters for Chinese, words for English. */
  word_count: wholeNumber(GOAL_LIMITS.word_count),
  language: v.optional(WritingLanguage),
});
export type SessionGoal = v.InferOutput<typeof SessionGoal>;

/** How the session is run. */
export const SessionConfig = v.looseObject({
  /** Seed of the offline author: the same seed and goal give the same text. */
  seed: v.optional(v.pipe(v.number(), v.integer())),
  /** Whether each text waits for a person's approval. @default 'auto' */
  approval: v.optional(v.picklist(['auto', 'manual'])),
});
export type SessionConfig = v.InferOutput<typeof SessionConfig>;

/** Longest message of feedback, in UTF-16 code units. */
export const MAX_FEEDBACK_LENGTH = 1000;

/** A word to the author about what it writes from then on. */
export const Feedback = v.looseObject({
  message: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_FEEDBACK_LENGTH)),
  /** The task it is about; null for every task. */
  task_id: v.nullable(v.string()),
  given_at: Timestamp,
});
export type Feedback = v.InferOutput<typeof Feedback>;

/** One work and the state of its writing. */
export const Session = v.looseObject({
  id: v.string(),
  title: v.string(),
  mode: v.string(),
  status: SessionStatus,
  goal: SessionGoal,
  config: SessionConfig,
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: v.nullable(Timestamp),
  total_tasks: Count,
  completed_tasks: Count,
  failed_tasks: Count,
  /** Tasks that wait for approval: a running session with one writes nothing until a person decides. */
  pending_approval_tasks: v.optional(Count),
  llm_calls: Count,
  tokens_used: Count,
  is_rewriting: v.boolean(),
  rewrite_attempt: Count,
  rewrite_task_id: v.nullable(v.string()),
  rewrite_task_type: v.nullable(v.string()),
  /** Why a failed session failed, or why a session was paused by no person. */
  error: v.nullish(v.string()),
  /** One of `FAILURE_CODES` that `error` is about, or another that is newer than the client. */
  error_code: v.nullish(v.string()),
  /** What its author was told, oldest first. */
  feedback: v.optional(v.array(Feedback)),
  /**
   * Whether its record cannot be read: it shows what is left of it, and can only be read, exported and
   * deleted.
   */
  damaged: v.optional(v.boolean()),
});
export type Session = v.InferOutput<typeof Session>;
