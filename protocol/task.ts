import * as v from 'valibot';
import { Count } from './count';
import { Timestamp } from './session';

/**
 * Where a task stands. `pending_approval` is that of a written task whose text a person has yet to approve.
 */
export const TASK_STATUSES = ['pending', 'running', 'pending_approval', 'completed', 'failed'] as const;
export const TaskStatus = v.picklist(TASK_STATUSES);
export type TaskStatus = v.InferOutput<typeof TaskStatus>;

/**
 * The kinds of task this project's server plans, in the order it plans them. Other servers may send others.
 */
export const TASK_TYPES = ['outline', 'characters', 'world', 'draft', 'revision', 'synopsis'] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** Why a text could not be written, as `error_code` of a session or task: stable, for programs. */
export const FAILURE_CODES = [
  'author_unreachable',
  'author_timeout',
  'author_unauthorized',
  'author_unpaid',
  'author_forbidden',
  'author_not_found',
  'author_limited',
  'author_refused',
  'author_loading',
  'author_failed',
  'author_interrupted',
  'author_empty',
  'author_cut_off',
  'author_withheld',
  'author_out_of_context',
  'author_too_long',
  'author_not_a_model',
  'limit_reached',
  'server_ended',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What the author of a running task waits for, as `waiting.reason`: stable, for programs. */
export const WAIT_REASONS = ['silent', 'loading', 'limited', 'unreachable', 'failing'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** That a running task waits for its author's endpoint. */
export const Waiting = v.looseObject({
  /** One of `WAIT_REASONS`, or another that is newer than the client. */
  reason: v.string(),
  /** When the endpoint is asked again; null while an answer is awaited. */
  until: v.nullable(Timestamp),
});
export type Waiting = v.InferOutput<typeof Waiting>;

/** One measured quality of a text. */
export const DimensionScore = v.looseObject({
  /** 0 (bad) to 1 (good). */
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** The measured value itself, in `unit`. */
  value: v.optional(v.pipe(v.number(), v.finite())),
  /** `characters`, `words` or `ratio`. */
  unit: v.optional(v.string()),
  /** The value aimed at, in `unit`; a range is its two ends. */
  target: v.optional(v.union([v.number(), v.tuple([v.number(), v.number()])])),
});
export type DimensionScore = v.InferOutput<typeof DimensionScore>;

/** Scores computed from a finished text. */
export const EvaluationResult = v.looseObject({
  passed: v.boolean(),
  /** Mean of the dimension scores, 0 to 1. */
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** By what they measure: `length`, `repetition`, `dialogue_share`, `sentence_variety`, `vocabulary`. */
  dimension_scores: v.optional(v.record(v.string(), DimensionScore)),
  evaluated_at: v.optional(Timestamp),
});
export type EvaluationResult = v.InferOutput<typeof EvaluationResult>;

/** One step of a session. `result` is null until it is written; in `GET /tasks` it is left out. */
export const Task = v.looseObject({
  task_id: v.string(),
  session_id: v.string(),
  task_type: v.string(),
  /** A short name in the language of the work, such as `第 3 章 初稿`. */
  title: v.string(),
  description: v.string(),
  /** Place in the plan, from 0. */
  position: Count,
  /** Chapter number from 1, null for a task about the whole work. */
  chapter_index: v.nullable(Count),
  status: TaskStatus,
  result: v.nullish(v.string()),
  error: v.nullish(v.string()),
  /** One of `FAILURE_CODES` that `error` is about, or another that is newer than the client. */
  error_code: v.nullish(v.string()),
  /** Only while it is running. */
  waiting: v.nullish(Waiting),
  evaluation: v.nullish(EvaluationResult),
  created_at: Timestamp,
  updated_at: Timestamp,
  started_at: v.nullable(Timestamp),
  completed_at: v.nullable(Timestamp),
  execution_time_seconds: v.nullable(v.number()),
  prompt_tokens: Count,
  completion_tokens: Count,
  total_tokens: Count,
  /** Attempts of this task that ended in an error. */
  failed_attempts: Count,
  /** Times the task was begun again, after an error or a failed evaluation. */
  retry_count: Count,
  llm_provider: v.nullable(v.string()),
  llm_model: v.nullable(v.string()),
  /** Whether its record cannot be read: it shows what is left of it. `start` has it written anew. */
  damaged: v.optional(v.boolean()),
});
export type Task = v.InferOutput<typeof Task>;
