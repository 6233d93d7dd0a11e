import { randomBytes } from 'node:crypto';
import { createModels, type ModelDependencies } from '../../compose.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { noMailer, type TestApp } from './harness.ts';

/**
 * The models of an app over the same stores and clock, for what a suite does thousands of times: the same calls as
 * the controllers make, without HTTP around them. Their events are in no audit trail.
 */
export function modelsOf(
  { env, stores, clock: { now } }: TestApp,
  settings: Partial<TestApp['env']> = {},
  dependencies: Partial<ModelDependencies> = {},
) {
  const models = createModels({
    env: { ...env, HASH_QUEUE_LIMIT: 1000, ...settings },
    ...stores,
    log: createLogger('silent'),
    audit: { record() {}, async forget() {} },
    metrics: createMetrics(),
    mailer: noMailer,
    now,
    ...dependencies,
  });
  const register = async () => {
    const user = await models.accounts.register(
      {
        name: 'Ada',
        email: `${randomBytes(6).toString('hex')}@example.com`,
        password: 'the old password',
      },
      client,
    );
    return { ...user, id: Number(user.id) };
  };
  return { ...models, store: models.sessionStore, register };
}

export const client = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
export const device = { name: null, ...client };
/** A user without roles who logged in with the password. */
export const subjectOf = (userId: number) => ({ userId, roles: [], amr: [] });
