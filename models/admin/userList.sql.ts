import { invalidInput } from '../../errors.ts';
import type { Database, Row } from '../../stores/db.ts';
import { hasSecondFactor, normalizeEmail, toCredentials, type User } from '../user/user.model.ts';
import { HAS_SECOND_FACTOR, USER_COLUMNS } from '../user/user.sql.ts';

/** The largest page. */
const MAX_USERS = 100;

/** A user as an administrator sees it. */
export interface UserDetails {
  user: User;
  /** Sorted. */
  roles: string[];
  isVerified: boolean;
  hasSecondFactor: boolean;
  isDisabled: boolean;
}

export interface UserPage {
  users: UserDetails[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

/** How many rows one page looks at when it searches names, which have no index. */
const SCAN = 10_000;

const COLUMNS = `${USER_COLUMNS}, (SELECT email FROM verified_emails WHERE user_id = users.id) AS verified_email, ${HAS_SECOND_FACTOR}`;
const PAGE = `LIMIT ${MAX_USERS + 1}`;

const BY_ID = `SELECT ${COLUMNS} FROM users WHERE id = ? AND email IS NOT NULL`;
const END_OF_SCAN = `SELECT id FROM users WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${SCAN - 1}`;
const ALL = `SELECT ${COLUMNS} FROM users WHERE id > ? AND id <= ? AND email IS NOT NULL ORDER BY id ${PAGE}`;
/** `is_listed`: whether a search for the address reads the row. */
const BY_NAME = `SELECT ${COLUMNS}, (email LIKE ? ESCAPE '!' OR email LIKE ? ESCAPE '!') AS is_listed FROM users WHERE id > ? AND id <= ? AND email IS NOT NULL AND name LIKE ? ESCAPE '!' ORDER BY id ${PAGE}`;
/** Uses the index of the addresses in each collation. Older rows may hold capitals, which a collation may tell apart. */
const BY_ADDRESS_MYSQL = `SELECT ${COLUMNS} FROM users WHERE email > ? AND (email LIKE ? ESCAPE '!' OR email LIKE ? ESCAPE '!') ORDER BY email ${PAGE}`;
/** SQLite uses the index for one lower and one upper bound, and not for LIKE. */
const BY_ADDRESS_SQLITE = `SELECT ${COLUMNS} FROM users WHERE email >= ? AND email < ? AND email <> ? ORDER BY email ${PAGE}`;

/** Where a page begins: after this user, in the order of the addresses or of the ids. */
interface Place {
  order: 'address' | 'id';
  id: number;
}

const BEGINNING = 0;

export type UserList = ReturnType<typeof createUserList>;

/** Reads users for administrators, without closed accounts. All methods throw {@link StoreError}. */
export function createUserList(db: Database) {
  /** The row of a cursor in the order of the addresses. */
  async function addressOf(id: number): Promise<string> {
    if (id === BEGINNING) return '';
    const [row] = await db.query(BY_ID, [id]);
    if (row) return String(row.email);
    throw invalidCursor();
  }

  /** Up to 101 rows after this one whose address may begin like this. */
  async function findByAddress(prefix: string, afterId: number): Promise<Row[]> {
    const after = await addressOf(afterId);
    const address = normalizeEmail(prefix);
    return db.engine === 'sqlite'
      ? db.query(BY_ADDRESS_SQLITE, [after || address, `${address}\u{10ffff}`, after])
      : db.query(BY_ADDRESS_MYSQL, [after, ...addressPatterns(prefix)]);
  }

  /** Users whose address begins like this, in the order of the addresses. */
  async function pageByAddress(prefix: string, limit: number, afterId: number): Promise<UserPage> {
    const found = await findByAddress(prefix, afterId);
    const rows = found.slice(0, limit);
    const users = rows.filter(row => hasAddress(row, prefix)).map(toDetails);
    return found.length > limit ? { users, next: cursorOf({ order: 'address', id: idOf(rows) }) } : { users };
  }

  /** Users in the order of the ids; of the next {@link SCAN} those whose name begins like the search. */
  async function pageById(search: string | undefined, limit: number, afterId: number): Promise<UserPage> {
    const [end] = await db.query(END_OF_SCAN, [afterId]);
    const range = [afterId, end ? Number(end.id) : Number.MAX_SAFE_INTEGER];
    const found =
      search === undefined
        ? await db.query(ALL, range)
        : await db.query(BY_NAME, [...addressPatterns(search), ...range, beginningWith(search)]);
    const rows = found.slice(0, limit);
    const wasListed = (row: Row) => search !== undefined && row.is_listed === 1 && hasAddress(row, search);
    const users = rows.filter(row => !wasListed(row)).map(toDetails);
    if (found.length > limit) return { users, next: cursorOf({ order: 'id', id: idOf(rows) }) };
    return end ? { users, next: cursorOf({ order: 'id', id: Number(end.id) }) } : { users };
  }

  return {
    async find(id: number): Promise<UserDetails | null> {
      const [row] = await db.query(BY_ID, [id]);
      return row ? toDetails(row) : null;
    },

    /**
     * A page of users in the order of their ids. A search gives first the users whose address begins with it, exactly
     * except for the case of ASCII letters, then those whose name does in the column's collation. A page takes the same
     * time wherever it begins, so a page of a search may have fewer users than `limit`, even none, and a next page.
     * @param search the beginning of an address or a name; with an @ only of an address
     * @param limit how many, up to 100
     * @throws {ApiError} `validation_failed` for a cursor that is none of this search, or whose account is closed
     */
    async page(search: string | undefined, limit: number, cursor?: string): Promise<UserPage> {
      const place = placeOf(cursor, search === undefined ? 'id' : 'address');
      if (search === undefined) {
        if (place.order !== 'id') throw invalidCursor();
        return pageById(search, limit, place.id);
      }
      if (place.order === 'id') return pageById(search, limit, place.id);
      const { users, next } = await pageByAddress(search, limit, place.id);
      if (next) return { users, next };
      if (search.includes('@')) return { users };
      if (users.length === limit) return { users, next: cursorOf({ order: 'id', id: BEGINNING }) };
      const named = await pageById(search, limit - users.length, BEGINNING);
      return { ...named, users: [...users, ...named.users] };
    },
  };
}

function toDetails(row: Row): UserDetails {
  const { user, roles, isDisabled } = toCredentials(row);
  return {
    ...{ user, roles, isDisabled },
    isVerified: row.verified_email === user.email,
    hasSecondFactor: hasSecondFactor(row),
  };
}

function hasAddress({ email }: Row, prefix: string): boolean {
  return normalizeEmail(String(email)).startsWith(normalizeEmail(prefix));
}

function idOf(rows: Row[]): number {
  return Number(rows.at(-1)?.id);
}

function addressPatterns(prefix: string): string[] {
  return [beginningWith(normalizeEmail(prefix)), beginningWith(prefix)];
}

/** A pattern of LIKE with `!` as the escape character. */
function beginningWith(prefix: string): string {
  return `${prefix.replace(/[!%_]/g, '!$&')}%`;
}

function cursorOf({ order, id }: Place): string {
  return `${order}.${id}`;
}

/** @throws {ApiError} `validation_failed` */
function placeOf(cursor: string | undefined, first: Place['order']): Place {
  if (cursor === undefined) return { order: first, id: BEGINNING };
  const [, order, id] = /^(address|id)\.(0|[1-9]\d{0,14})$/.exec(cursor) ?? [];
  if (order !== 'address' && order !== 'id') throw invalidCursor();
  return { order, id: Number(id) };
}

function invalidCursor() {
  return invalidInput({ path: 'cursor', message: 'is unknown or too old: start again without a cursor' });
}
