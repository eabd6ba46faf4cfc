import { withRealtimeEntities, withRealtimeStatus } from '@creative-autogpt/realtime/signals';
import { signalStore, type } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { type Note, noteAdded } from './note-added';

/** The notes on the board, as the server tells them, and where the connection stands. */
export const NotesStore = signalStore(
  withEntities<Note>(),
  withRealtimeStatus(),
  withRealtimeEntities({
    entity: type<Note>(),
    event: noteAdded,
    id: ({ data }) => data.id,
    select: ({ data }) => data,
  }),
);
