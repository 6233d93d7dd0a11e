import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmitter } from '../../../models/audit/events.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { client, device, modelsOf } from '../../support/session.models.ts';

const turn = () => new Promise(resolve => setImmediate(resolve));
const refreshed = { userId: 1, sessionId: 's', ...client };

describe('the emitter', () => {
  it('tells after the request has gone on, and each listener although another fails', async () => {
    const lines: string[] = [];
    const emitter = createEmitter(createLogger('error', { write: line => void lines.push(line) }));
    const told: string[] = [];
    emitter.on('session.refreshed', () => {
      throw new Error('thrown at once');
    });
    emitter.on('session.refreshed', () => Promise.reject(new Error('rejected later')));
    emitter.on('session.refreshed', ({ sessionId }) => told.push(sessionId));
    emitter.on('account.registered', () => told.push('another event'));
    emitter.onAny((name, { requestId }) => told.push(`${name} ${requestId}`));
    emitter.emit('session.refreshed', refreshed);
    expect(told).toEqual([]);
    await turn();
    await turn();
    expect(told).toEqual(['s', 'session.refreshed test']);
    expect(lines.map(line => JSON.parse(line).err.message)).toEqual(['thrown at once', 'rejected later']);
  });
});

describe.each(backends)('events of sessions on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend);
  });
  afterAll(() => app.close());

  it('tell the whole life of sessions, each end with its reason', async () => {
    const { accounts, logins, sessions, tokens, events, register } = modelsOf(app, {
      CONCURRENT_LOGIN: 1,
      REFRESH_LEEWAY: 0,
    });
    const told: { sessionId: string; text: string }[] = [];
    const names: Record<string, string> = {};
    events.onAny((name, { sessionId = '', reason = '', requestId }) => {
      expect(requestId).toBe(client.requestId);
      if (name !== 'account.registered') told.push({ sessionId, text: `${name} ${reason}`.trim() });
    });

    const user = await register();
    let password = 'the old password';
    async function login(name: string) {
      const { session } = await logins.login(user.email, password, device);
      names[session.id] = name;
      await turn();
      return session;
    }

    await login('a');
    const b = await login('b');
    await sessions.end(user.id, b.id, 'logout', client);
    await turn();

    const c = await login('c');
    const token = c.refresh?.token ?? '';
    await accounts.refresh(token, device);
    await accounts.refresh(token, device).catch(() => {});
    await turn();

    const d = await login('d');
    const changed = await accounts.changePassword(
      tokens.verify(d.accessToken),
      password,
      'another password',
      device,
    );
    names[changed.session.id] = 'e';
    password = 'another password';
    await turn();
    await sessions.endAll(user.id, 'logout_all', client);
    await turn();

    // A session is named only when its call returns, which may be after the event.
    expect(told.map(({ sessionId, text }) => `${names[sessionId] ?? '?'} ${text}`)).toEqual([
      'a session.started login',
      'a session.ended evicted',
      'b session.started login',
      'b session.ended logout',
      'c session.started login',
      'c session.refreshed',
      'c refresh.reused',
      'c session.ended refresh_reuse',
      'd session.started login',
      'd session.ended password_change',
      'd password.changed',
      'e session.started password_change',
      'e session.ended logout_all',
    ]);
  });
});
