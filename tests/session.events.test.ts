import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../config/logger.ts';
import { createSessionEmitter, type SessionEvents } from '../models/session.events.ts';
import { backends, startTestApp, type TestApp } from './harness.ts';
import { device, modelsOf } from './session.models.ts';

const turn = () => new Promise(resolve => setImmediate(resolve));
const started = { userId: 1, sessionId: 's', deviceName: null, ip: '', userAgent: '' };

describe('the emitter', () => {
  it('tells after the request has gone on, and each listener although another fails', async () => {
    const lines: string[] = [];
    const emitter = createSessionEmitter(createLogger('error', { write: line => void lines.push(line) }));
    const told: string[] = [];
    emitter.on('session.started', () => {
      throw new Error('thrown at once');
    });
    emitter.on('session.started', () => Promise.reject(new Error('rejected later')));
    emitter.on('session.started', ({ sessionId }) => told.push(sessionId));
    emitter.emit('session.started', started);
    expect(told).toEqual([]);
    await turn();
    await turn();
    expect(told).toEqual(['s']);
    expect(lines.map(line => JSON.parse(line).err.message)).toEqual(['thrown at once', 'rejected later']);
  });
});

describe.each(backends)('session events on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend);
  });
  afterAll(() => app.close());

  it('tell the whole life of sessions, each end with its reason', async () => {
    const { accounts, sessions, tokens, events, register } = modelsOf(app, {
      CONCURRENT_LOGIN: 1,
      REFRESH_LEEWAY: 0,
    });
    const told: string[] = [];
    const names: Record<string, string> = {};
    const follow = <E extends 'refresh.reused' | (`session.${string}` & keyof SessionEvents)>(name: E) =>
      events.on(name, event => {
        const reason = 'reason' in event ? ` ${event.reason}` : '';
        told.push(`${names[event.sessionId] ?? '?'} ${name}${reason}`);
      });
    for (const name of ['session.started', 'session.refreshed', 'session.ended', 'refresh.reused'] as const)
      follow(name);

    const user = await register();
    let password = 'the old password';
    async function login(name: string) {
      const { session } = await accounts.login(user.email, password, device);
      names[session.id] = name;
      await turn();
      return session;
    }

    await login('a');
    const b = await login('b');
    await sessions.end(user.id, b.id, 'logout');
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
    await sessions.endAll(user.id);
    await turn();

    expect(told).toEqual([
      'a session.started',
      'a session.ended evicted',
      'b session.started',
      'b session.ended logout',
      'c session.started',
      'c session.refreshed',
      'c refresh.reused',
      'c session.ended refresh_reuse',
      'd session.started',
      'd session.ended password_change',
      'e session.started',
      'e session.ended logout_all',
    ]);
  });
});
