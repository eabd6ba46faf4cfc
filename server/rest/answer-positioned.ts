import { POSITION_HEADERS } from '@creative-autogpt/protocol';
import type { FastifyReply } from 'fastify';
import type { Positioned } from '../ports/store';

/** Answers with what was read; the position that it was read at goes into the headers. */
export async function answerPositioned<T>(reply: FastifyReply, read: Promise<Positioned<T>>): Promise<T> {
  const { value, position } = await read;
  reply.header(POSITION_HEADERS.epoch, position.epoch).header(POSITION_HEADERS.offset, position.offset);
  return value;
}
