import type { Session, Task } from '@creative-autogpt/protocol';

/** Where the journal of that database ends. */
export const VERSION_2_NEWEST = 29;

/** What the server of that version said of the sessions in it. */
export const VERSION_2_SESSIONS: readonly Session[] = [
  {
    id: 'session-created',
    title: "It's new",
    mode: 'novel',
    status: 'created',
    goal: { genre: '科幻', chapter_count: 1, language: 'zh' },
    config: { seed: 7 },
    created_at: '2026-11-22T13:00:01.000Z',
    updated_at: '2026-11-22T13:00:01.000Z',
    completed_at: null,
    total_tasks: 0,
    completed_tasks: 0,
    failed_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
    error: null,
  },
  {
    id: 'session-running',
    title: '星海拾遗',
    mode: 'novel',
    status: 'running',
    goal: { genre: '科幻', chapter_count: 1, language: 'zh' },
    config: { seed: 7 },
    created_at: '2026-11-22T13:00:03.000Z',
    updated_at: '2026-11-22T13:00:15.000Z',
    completed_at: null,
    total_tasks: 2,
    completed_tasks: 1,
    failed_tasks: 0,
    llm_calls: 2,
    tokens_used: 42,
    is_rewriting: true,
    rewrite_attempt: 1,
    rewrite_task_id: 'draft-1',
    rewrite_task_type: 'draft',
    error: null,
  },
  {
    id: 'session-failed',
    title: '失败',
    mode: 'novel',
    status: 'failed',
    goal: { genre: '科幻', chapter_count: 1, language: 'zh' },
    config: { seed: 7 },
    created_at: '2026-11-22T13:00:17.000Z',
    updated_at: '2026-11-22T13:00:27.000Z',
    completed_at: null,
    total_tasks: 2,
    completed_tasks: 0,
    failed_tasks: 1,
    llm_calls: 1,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
    error: 'no answer',
  },
];

/** What it said of their tasks. */
export const VERSION_2_TASKS: readonly Task[] = [
  {
    task_id: 'outline-1',
    session_id: 'session-running',
    task_type: 'outline',
    title: '大纲',
    description: '全书的主线。',
    position: 0,
    chapter_index: null,
    status: 'completed',
    result: '潮声漫过旧码头。😀',
    error: null,
    evaluation: { passed: true, score: 0.8 },
    created_at: '2026-11-22T13:00:07.000Z',
    updated_at: '2026-11-22T13:00:11.000Z',
    started_at: '2026-11-22T13:00:09.000Z',
    completed_at: '2026-11-22T13:00:11.000Z',
    execution_time_seconds: 2,
    prompt_tokens: 30,
    completion_tokens: 12,
    total_tokens: 42,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: 'offline',
    llm_model: 'grammar-1',
  },
  {
    task_id: 'draft-1',
    session_id: 'session-running',
    task_type: 'draft',
    title: '第 1 章 初稿',
    description: '写出第 1 章。',
    position: 1,
    chapter_index: 1,
    status: 'running',
    result: null,
    error: null,
    evaluation: null,
    created_at: '2026-11-22T13:00:07.000Z',
    updated_at: '2026-11-22T13:00:15.000Z',
    started_at: '2026-11-22T13:00:13.000Z',
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 1,
    llm_provider: null,
    llm_model: null,
  },
  {
    task_id: 'outline-2',
    session_id: 'session-failed',
    task_type: 'outline',
    title: '大纲',
    description: '全书的主线。',
    position: 0,
    chapter_index: null,
    status: 'failed',
    result: null,
    error: 'no answer',
    evaluation: null,
    created_at: '2026-11-22T13:00:21.000Z',
    updated_at: '2026-11-22T13:00:25.000Z',
    started_at: '2026-11-22T13:00:23.000Z',
    completed_at: null,
    execution_time_seconds: 2,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 1,
    retry_count: 0,
    llm_provider: null,
    llm_model: null,
  },
  {
    task_id: 'draft-2',
    session_id: 'session-failed',
    task_type: 'draft',
    title: '第 1 章 初稿',
    description: '写出第 1 章。',
    position: 1,
    chapter_index: 1,
    status: 'pending',
    result: null,
    error: null,
    evaluation: null,
    created_at: '2026-11-22T13:00:21.000Z',
    updated_at: '2026-11-22T13:00:21.000Z',
    started_at: null,
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: null,
    llm_model: null,
  },
];

/**
 * A database as the server of version 2 of the tables left it when it was killed: one session had a text
 * rewritten.
 */
export const VERSION_2_DATABASE = `
CREATE TABLE sessions (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    goal TEXT NOT NULL,
    config TEXT NOT NULL,
    error TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    completed_at TEXT
  ) STRICT;
CREATE INDEX sessions_by_status ON sessions (status, sequence);
CREATE TABLE tasks (
    sequence INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    task_type TEXT NOT NULL,
    chapter_index INTEGER,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    started_at TEXT,
    completed_at TEXT,
    execution_time_seconds REAL,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    retry_count INTEGER NOT NULL DEFAULT 0,
    call_count INTEGER NOT NULL DEFAULT 0,
    attempt_retries INTEGER NOT NULL DEFAULT 0,
    attempt_rewrites INTEGER NOT NULL DEFAULT 0,
    llm_provider TEXT,
    llm_model TEXT,
    characters INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(length(result), 0)) STORED,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    error TEXT,
    evaluation TEXT,
    result TEXT,
    UNIQUE (session_id, position)
  ) STRICT;
CREATE INDEX tasks_by_status ON tasks (status, characters);
CREATE INDEX tasks_by_change ON tasks (updated_at, sequence);
CREATE TABLE journal (
    "offset" INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
CREATE TABLE journal_epoch (epoch TEXT NOT NULL, file_identity TEXT NOT NULL) STRICT;
CREATE TABLE command_answers (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    session_id TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    answer TEXT NOT NULL
  ) STRICT;
CREATE INDEX command_answers_by_age ON command_answers (answered_at);

INSERT INTO sessions VALUES (1, 'session-created', 'It''s new', 'novel', 'created', '{"genre":"科幻","chapter_count":1,"language":"zh"}', '{"seed":7}', NULL, '2026-11-22T13:00:01.000Z', '2026-11-22T13:00:01.000Z', NULL);
INSERT INTO sessions VALUES (2, 'session-running', '星海拾遗', 'novel', 'running', '{"genre":"科幻","chapter_count":1,"language":"zh"}', '{"seed":7}', NULL, '2026-11-22T13:00:03.000Z', '2026-11-22T13:00:15.000Z', NULL);
INSERT INTO sessions VALUES (3, 'session-failed', '失败', 'novel', 'failed', '{"genre":"科幻","chapter_count":1,"language":"zh"}', '{"seed":7}', 'no answer', '2026-11-22T13:00:17.000Z', '2026-11-22T13:00:27.000Z', NULL);
INSERT INTO tasks VALUES (1, 'outline-1', 'session-running', 0, 'outline', NULL, 'completed', '2026-11-22T13:00:07.000Z', '2026-11-22T13:00:11.000Z', '2026-11-22T13:00:09.000Z', '2026-11-22T13:00:11.000Z', 2.0, 30, 12, 0, 0, 1, 0, 0, 'offline', 'grammar-1', '大纲', '全书的主线。', NULL, '{"passed":true,"score":0.8}', '潮声漫过旧码头。😀');
INSERT INTO tasks VALUES (2, 'draft-1', 'session-running', 1, 'draft', 1, 'running', '2026-11-22T13:00:07.000Z', '2026-11-22T13:00:15.000Z', '2026-11-22T13:00:13.000Z', NULL, NULL, 0, 0, 0, 1, 1, 1, 1, NULL, NULL, '第 1 章 初稿', '写出第 1 章。', NULL, NULL, NULL);
INSERT INTO tasks VALUES (3, 'outline-2', 'session-failed', 0, 'outline', NULL, 'failed', '2026-11-22T13:00:21.000Z', '2026-11-22T13:00:25.000Z', '2026-11-22T13:00:23.000Z', NULL, 2.0, 0, 0, 1, 0, 1, 0, 0, NULL, NULL, '大纲', '全书的主线。', 'no answer', NULL, NULL);
INSERT INTO tasks VALUES (4, 'draft-2', 'session-failed', 1, 'draft', 1, 'pending', '2026-11-22T13:00:21.000Z', '2026-11-22T13:00:21.000Z', NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, '第 1 章 初稿', '写出第 1 章。', NULL, NULL, NULL);
INSERT INTO journal_epoch VALUES ('epoch-1', 'a file');
INSERT INTO command_answers VALUES ('c1', 'pause', 'session-created', '2026-11-22T13:00:29.000Z', '{"ok":true}');
INSERT INTO journal VALUES (28, 'session-failed', '2026-11-22T13:00:26.000Z', '{"event":"session.update","session_id":"session-failed","data":{"id":"session-failed","title":"失败","mode":"novel","status":"running","goal":{"genre":"科幻","chapter_count":1,"language":"zh"},"config":{"seed":7},"created_at":"2026-11-22T13:00:17.000Z","updated_at":"2026-11-22T13:00:25.000Z","completed_at":null,"total_tasks":2,"completed_tasks":0,"failed_tasks":1,"llm_calls":1,"tokens_used":0,"is_rewriting":false,"rewrite_attempt":0,"rewrite_task_id":null,"rewrite_task_type":null,"error":null}}');
INSERT INTO journal VALUES (29, 'session-failed', '2026-11-22T13:00:28.000Z', '{"event":"session.update","session_id":"session-failed","data":{"id":"session-failed","title":"失败","mode":"novel","status":"failed","goal":{"genre":"科幻","chapter_count":1,"language":"zh"},"config":{"seed":7},"created_at":"2026-11-22T13:00:17.000Z","updated_at":"2026-11-22T13:00:27.000Z","completed_at":null,"total_tasks":2,"completed_tasks":0,"failed_tasks":1,"llm_calls":1,"tokens_used":0,"is_rewriting":false,"rewrite_attempt":0,"rewrite_task_id":null,"rewrite_task_type":null,"error":"no answer"}}');

PRAGMA user_version = 2;
`;
