/** What is said about each message of the WebSocket beside its schema, by its event. */
export const SOCKET_DESCRIPTIONS: Readonly<Record<string, string>> = {
  connect: 'Names the client, signs it in, and asks for capabilities and for what it missed.',
  ping: 'Asks for a pong.',
  subscribe: 'Asks for the updates and the text of one session, or for the updates of all.',
  unsubscribe: 'Takes back the same subscribe.',
  start: 'Starts a session, or goes on from its first unfinished task.',
  pause: 'Pauses a running session.',
  resume: 'Goes on with a paused session.',
  stop: 'Stops a running or paused session.',
  approve: 'Decides about a text that waits for approval.',
  feedback: 'Tells the author something about what it writes from now on.',
  authenticate: 'Brings a new token on the open socket.',
  'session.update': 'A session was made, renamed, given feedback, or changed status or counts.',
  'session.deleted': 'A session was deleted.',
  'task.update': 'A task was planned, began, waits for approval, ended, or was put back.',
  'progress.update': 'How far a session has come.',
  error: 'A message was refused.',
  connected: 'The answer to connect.',
  authenticated: 'The answer to authenticate.',
  pong: 'The answer to ping.',
  subscribed: 'The answer to subscribe, with the state of the session.',
  unsubscribed: 'The answer to unsubscribe.',
  'task.chunk': 'A running task wrote more.',
  ack: 'What became of a message with an id.',
  batch: 'Several messages in one frame.',
};

/** The answers that some messages of clients have of their own. */
export const SOCKET_ANSWERS: Readonly<Record<string, string>> = {
  connect: 'connected',
  ping: 'pong',
  subscribe: 'subscribed',
  unsubscribe: 'unsubscribed',
  authenticate: 'authenticated',
};
