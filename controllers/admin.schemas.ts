import { isIP } from 'node:net';
import * as z from 'zod';
import { LAST_TIME } from '../models/audit/auditTrail.sql.ts';
import { MAX_ROLES, ROLE_NAME } from '../models/role/role.model.ts';
import { COLUMN_WIDTH, pageQuery, wellFormed } from './fields.ts';

export const adminBodies = {
  setRoles: z.object({
    roles: z
      .array(
        z
          .string()
          .regex(
            ROLE_NAME,
            'must have 1 to 32 characters: a lower-case letter, then letters, digits, _ or -',
          ),
      )
      .max(MAX_ROLES, `must have at most ${MAX_ROLES} entries`)
      .refine(roles => new Set(roles).size === roles.length, 'must not have a role twice'),
  }),
};

const once = z.string('must be there once');

export const usersQuery = pageQuery(/^(?:address|id)\.(?:0|[1-9]\d{0,14})$/).extend({
  search: once
    .pipe(wellFormed)
    .refine(text => text.length > 0, 'must not be empty')
    .refine(text => [...text].length <= COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`)
    .optional(),
});

/** A time in ISO 8601, as ms since 1970. A date alone is its beginning in UTC. */
const time = once
  .refine(
    text => z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(text).success,
    'must be a time in ISO 8601, such as 2026-01-31T08:00:00Z',
  )
  .transform(text => Date.parse(text))
  .refine(ms => !(ms < 0 || ms > LAST_TIME), 'must be from 1970 to 9999')
  .optional();

export const auditQuery = pageQuery(/^\d{1,15}\.[1-9]\d{0,14}$/).extend({
  user_id: once
    .regex(/^[1-9]\d{0,14}$/, 'must be the id of a user')
    .transform(Number)
    .optional(),
  event: once.regex(/^[a-z_]{1,32}\.[a-z_]{1,31}$/, 'must be the name of an event').optional(),
  ip: once.refine(text => isIP(text) > 0, 'must be an IP address').optional(),
  from: time,
  to: time,
  format: z.enum(['json', 'csv'], 'must be json or csv').optional(),
});

export type UsersQuery = z.infer<typeof usersQuery>;
export type AuditQuery = z.infer<typeof auditQuery>;
