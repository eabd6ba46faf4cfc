import {
  CommandResult,
  Health,
  Overview,
  Progress,
  Session,
  SessionPage,
  Task,
  TaskPage,
} from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** What is said about a call of REST beside what its route declares. */
export interface RestDescription {
  readonly tag: 'server' | 'sessions' | 'tasks';
  readonly summary: string;
  /** What is answered: JSON of this schema, or a file of these media types. */
  readonly answer: v.GenericSchema | readonly string[];
  /** @default 200 */
  readonly status?: 201;
  /** Whether nobody has to sign in for it. @default false */
  readonly isOpen?: true;
  /** Whether headers say at which position of the journal the answer was read. @default false */
  readonly isPositioned?: true;
  /** What may be wrong with it besides what may be with each call. */
  readonly refusals?: Readonly<Record<number, string>>;
}

const NO_SESSION = { 404: 'There is no such session.' };
const NO_TASK = { 404: 'There is no such task.' };
const BAD_FIELD = { 422: 'A field is missing or wrong; `detail` names it.' };
const BAD_STATE = { 409: 'The status does not allow it.' };
const AnyObject = v.record(v.string(), v.unknown());

const command = (summary: string): RestDescription => ({
  tag: 'sessions',
  summary,
  answer: CommandResult,
  refusals: { ...NO_SESSION, ...BAD_STATE },
});

/** By method and route. */
export const REST_DESCRIPTIONS: Readonly<Record<string, RestDescription>> = {
  'GET /health': {
    tag: 'server',
    summary: 'Whether the server can do its work, and why not.',
    answer: Health,
    isOpen: true,
    refusals: { 503: 'It cannot: `status` is `unavailable`, and `detail` says why.' },
  },
  'GET /metrics': {
    tag: 'server',
    summary: 'Counters in the text format of Prometheus.',
    answer: ['text/plain'],
    isOpen: true,
  },
  'GET /openapi.json': { tag: 'server', summary: 'This document.', answer: AnyObject, isOpen: true },
  'GET /asyncapi.json': {
    tag: 'server',
    summary: 'The WebSocket at /ws/ws, as AsyncAPI.',
    answer: AnyObject,
    isOpen: true,
  },
  'GET /overview': {
    tag: 'server',
    summary: 'Sessions and tasks counted by status, and the characters written.',
    answer: Overview,
    isPositioned: true,
  },
  'POST /sessions': {
    tag: 'sessions',
    summary: 'Makes a session.',
    answer: Session,
    status: 201,
    refusals: { ...BAD_FIELD, 409: 'There are as many sessions as one owner may have.' },
  },
  'GET /sessions': {
    tag: 'sessions',
    summary: 'A page of the sessions, newest first.',
    answer: SessionPage,
    isPositioned: true,
    refusals: BAD_FIELD,
  },
  'GET /sessions/:id': {
    tag: 'sessions',
    summary: 'A session.',
    answer: Session,
    isPositioned: true,
    refusals: NO_SESSION,
  },
  'PATCH /sessions/:id': {
    tag: 'sessions',
    summary: 'Renames a session.',
    answer: Session,
    refusals: { ...NO_SESSION, ...BAD_FIELD },
  },
  'DELETE /sessions/:id': {
    tag: 'sessions',
    summary: 'Deletes a session with its tasks; one that runs is stopped first.',
    answer: CommandResult,
    refusals: NO_SESSION,
  },
  'POST /sessions/:id/start': command('Starts a session, or goes on from its first unfinished task.'),
  'POST /sessions/:id/pause': command('Pauses a running session.'),
  'POST /sessions/:id/resume': command('Goes on with a paused session.'),
  'POST /sessions/:id/stop': command('Stops a running or paused session.'),
  'POST /sessions/:id/feedback': {
    tag: 'sessions',
    summary: 'Tells the author something about what it writes from now on.',
    answer: Session,
    refusals: { ...NO_SESSION, ...BAD_STATE, ...BAD_FIELD },
  },
  'GET /sessions/:id/progress': {
    tag: 'sessions',
    summary: 'How far a session has come.',
    answer: Progress,
    isPositioned: true,
    refusals: NO_SESSION,
  },
  'GET /sessions/:id/tasks': {
    tag: 'sessions',
    summary: 'The plan of a session: all its tasks, with their texts.',
    answer: v.array(Task),
    isPositioned: true,
    refusals: NO_SESSION,
  },
  'POST /sessions/:id/export': {
    tag: 'sessions',
    summary: 'The work as a file.',
    answer: ['text/plain', 'text/markdown', 'application/json'],
    refusals: { ...NO_SESSION, ...BAD_FIELD },
  },
  'GET /tasks': {
    tag: 'tasks',
    summary: 'A page of the tasks of all sessions, last changed first, without their texts.',
    answer: TaskPage,
    isPositioned: true,
    refusals: { ...NO_SESSION, ...BAD_FIELD },
  },
  'GET /tasks/:task_id': {
    tag: 'tasks',
    summary: 'A task.',
    answer: Task,
    isPositioned: true,
    refusals: NO_TASK,
  },
  'POST /tasks/:task_id/approve': {
    tag: 'tasks',
    summary: 'Decides about a text that waits for approval.',
    answer: Task,
    refusals: { ...NO_TASK, ...BAD_STATE, ...BAD_FIELD },
  },
};
