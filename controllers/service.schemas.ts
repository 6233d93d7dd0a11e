import * as z from 'zod';

export const serviceBodies = {
  introspect: z.object({ token: z.string() }),
};
