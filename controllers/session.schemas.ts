import * as z from 'zod';
import { pageQuery } from './fields.ts';

const refreshByBody = z.object({ refresh_token: z.string() });

export const sessionBodies = {
  refreshByBody,
  refreshByCookie: refreshByBody.partial(),
  logoutAll: z.object({ keep_current: z.boolean().default(false) }),
};

export const sessionsQuery = pageQuery(/^[\w-]{38}$/);
