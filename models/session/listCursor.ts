import { invalidInput } from '../../errors.ts';
import type { ListPosition } from './session.store.ts';

/** User id (6 bytes), start of the session in ms (6), session id (16). */
const BYTES = 28;
const HEAD = 12;

/** The opaque cursor of a list of sessions. It names a place, so the session need not live any more. */
export function toCursor(userId: number, { createdAt, id }: ListPosition): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeUIntBE(userId, 0, 6);
  bytes.writeUIntBE(createdAt, 6, 6);
  bytes.write(id.replaceAll('-', ''), HEAD, 'hex');
  return bytes.toString('base64url');
}

/** @throws {ApiError} `validation_failed` for a cursor that is none of the user's */
export function fromCursor(userId: number, cursor: string): ListPosition {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== BYTES || bytes.readUIntBE(0, 6) !== userId || bytes.toString('base64url') !== cursor)
    throw invalidInput({ path: 'cursor', message: 'is not of this list: start again without a cursor' });
  const id = bytes.toString('hex', HEAD).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { createdAt: bytes.readUIntBE(6, 6), id };
}
