import type { TaskRecords } from './task-records';

/** Where the REST calls begin, so that none has the address of a page. */
export const REST_PATH = '/rest';

const SESSION_PATH = `${REST_PATH}/sessions/`;

/** The answers to the REST calls that the Tasks page makes; undefined for any other. */
export function restAnswer({ pathname, searchParams }: URL, records: TaskRecords): unknown {
  const page = Number(searchParams.get('page') ?? 1);
  const pageSize = Number(searchParams.get('page_size') ?? 20);
  switch (pathname) {
    case `${REST_PATH}/tasks`:
      return records.page(page, pageSize);
    case `${REST_PATH}/sessions`:
      return {
        items: records.sessions.slice((page - 1) * pageSize, page * pageSize),
        total: records.sessions.length,
        page,
        page_size: pageSize,
      };
    case `${REST_PATH}/overview`:
      return records.overview();
    default:
      return pathname.startsWith(SESSION_PATH)
        ? records.sessions.find(({ id }) => id === pathname.slice(SESSION_PATH.length))
        : undefined;
  }
}
