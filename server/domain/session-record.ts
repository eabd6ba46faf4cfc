import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { NO_TIME, remainsOf } from './remains';

/** What is kept of a session: what everybody may see of it, and how its runs are told apart. */
export const SessionRecord = v.looseObject({
  ...Session.entries,
  /** How often the session was set running, or set to go on; names what is to run. */
  launch: v.pipe(v.number(), v.safeInteger()),
  /** Grows with each launch and each run: a run whose number is no longer this one is over. */
  run: v.pipe(v.number(), v.safeInteger()),
  /**
   * The processes that have run it since something was last stored of what it writes, oldest first: more than
   * one only where each before the last ended without a word, in the middle of the same task.
   */
  run_by: v.optional(v.array(v.string())),
  /** How many of them are known to have failed themselves, and not to have been ended by a signal. */
  crashes: v.optional(v.pipe(v.number(), v.safeInteger())),
});
export type SessionRecord = v.InferOutput<typeof SessionRecord>;

/**
 * A record as it is read. Earlier versions stored the token counts of a model as they came: those that are
 * none count as 0, and the next change of a task makes them right.
 */
export const ReadSessionRecord = v.looseObject({
  ...SessionRecord.entries,
  tokens_used: v.fallback(Session.entries.tokens_used, 0),
});

/** What a person may recognize a session by, as far as it is left. */
const Remains = v.object({
  title: v.fallback(Session.entries.title, '(damaged)'),
  mode: v.fallback(Session.entries.mode, 'novel'),
  goal: v.fallback(Session.entries.goal, {}),
  created_at: v.fallback(Session.entries.created_at, NO_TIME),
  updated_at: v.fallback(Session.entries.updated_at, NO_TIME),
  total_tasks: v.fallback(Session.entries.total_tasks, 0),
  completed_tasks: v.fallback(Session.entries.completed_tasks, 0),
});

/** What stands in the place of a session whose record cannot be read. It is never stored. */
export function damagedSession(id: string, stored: string): SessionRecord {
  return {
    ...v.parse(Remains, remainsOf(stored)),
    id,
    status: 'failed',
    config: {},
    completed_at: null,
    failed_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
    error: 'The stored record of this session is damaged: export what is left of it, then delete it.',
    feedback: [],
    damaged: true,
    launch: 0,
    run: 0,
  };
}

/** What everybody may see of a session. */
export function toSession(record: SessionRecord): Session {
  const { launch: _launch, run: _run, run_by: _runBy, crashes: _crashes, ...session } = record;
  return session;
}
