import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmitter } from '../../models/audit/events.ts';
import { createEventPublisher } from '../../nats/events.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';
import { isStopped } from '../support/isStopped.ts';
import {
  answering,
  collectEvents,
  type EventMessage,
  hasNats,
  metric,
  natsClient,
  natsServer,
} from '../support/nats.ts';

const POSITION = 'auth.events.position';
const DROPPED = 'auth_nats_events_dropped_total';

async function appOn(
  url: string,
  backend: 'embedded' | 'real' = 'embedded',
  settings = {},
): Promise<TestApp> {
  const app = await startTestApp(backend, { NATS_URL: url, CONCURRENT_LOGIN: 'true', ...settings });
  onTestFinished(() => app.close());
  return app;
}

const sidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid;

const told = (events: EventMessage[]) =>
  events
    .filter(({ subject }) => subject !== POSITION)
    .map(({ subject, user_id, session_id, reason }) => [subject, user_id, session_id, reason]);

describe.skipIf(!hasNats).each(backends)('events over NATS, on %s stores', backend => {
  it('tell of each kind with ids and a reason, numbered, and nothing else', async () => {
    const server = await natsServer();
    const events = await collectEvents(await natsClient(server));
    const app = await appOn(server.url, backend, { REFRESH_LEEWAY: '0' });
    await answering(app, server);
    const user = await app.register();
    const login = async () => (await app.call('POST', '/auth/login', { body: user })).body;

    const first = await login();
    const second = await login();
    await app.call('POST', '/auth/logout', { token: first.access_token });
    const changed = await app.call('POST', '/auth/change-password', {
      token: second.access_token,
      body: { current_password: user.password, new_password: 'another good password' },
    });
    expect(changed.status).toBe(200);
    const spent = changed.body.refresh_token;
    await app.call('POST', '/auth/refresh', { body: { refresh_token: spent } });
    await app.call('POST', '/auth/refresh', { body: { refresh_token: spent } });
    const third = changed.body.session.id;
    const expected = [
      ['auth.session.started', user.id, first.session.id, 'login'],
      ['auth.session.started', user.id, second.session.id, 'login'],
      ['auth.session.ended', user.id, first.session.id, 'logout'],
      ['auth.session.ended', user.id, second.session.id, 'password_change'],
      ['auth.user.password_changed', user.id, second.session.id, 'changed'],
      ['auth.session.started', user.id, third, 'password_change'],
      ['auth.refresh.reused', user.id, third, undefined],
      ['auth.session.ended', user.id, third, 'refresh_reuse'],
    ];
    await expect.poll(() => told(events).length).toBe(expected.length);
    expect(told(events)).toEqual(expected);

    const numbered = events.filter(({ subject }) => subject !== POSITION);
    expect(numbered.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(events.map(({ source }) => source)).size).toBe(1);
    expect(events[0]).toMatchObject({ subject: POSITION, seq: 0 });
    const members = ['at', 'reason', 'seq', 'session_id', 'source', 'subject', 'user_id'];
    for (const event of numbered) {
      expect(members).toEqual(expect.arrayContaining(Object.keys(event)));
      expect(event.at).toBe(new Date(app.clock.now()).toISOString());
    }
    const text = JSON.stringify(events);
    const jtis = [first, second, changed.body].map(({ access_token: token }) =>
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    for (const claims of jtis) expect(text).not.toContain(JSON.parse(claims).jti);
    expect(text).not.toMatch(/@|127\.0\.0\.1|eyJ|superagent|"ip"|token"/);
    expect(text).not.toContain(user.name);
    expect(await metric(app, DROPPED)).toBe(0);
  });
});

describe.skipIf(!hasNats)('events over NATS', () => {
  it('tell of a password that was reset by mail', async () => {
    const server = await natsServer();
    const events = await collectEvents(await natsClient(server));
    const app = await appOn(server.url);
    await answering(app, server);
    const user = await app.register();
    const sid = sidOf(await app.login(user));
    await app.call('POST', '/auth/forgot-password', { body: { email: user.email } });
    const link = () =>
      /reset-password\?token=([\w.-]+)/.exec(app.mails.map(({ text }) => text).join('\n'))?.[1];
    await expect.poll(link).toBeDefined();
    const body = { token: link(), new_password: 'another good password' };
    expect((await app.call('POST', '/auth/reset-password', { body })).status).toBe(204);
    await expect.poll(() => told(events).length).toBe(3);
    expect(told(events)).toEqual([
      ['auth.session.started', user.id, sid, 'login'],
      ['auth.session.ended', user.id, sid, 'password_reset'],
      ['auth.user.password_changed', user.id, undefined, 'reset'],
    ]);
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'are dropped and counted while NATS is away (%s), and a gap shows it',
    async signal => {
      const server = await natsServer();
      const client = await natsClient(server, { maxPingOut: 1, pingInterval: 200 });
      const events = await collectEvents(client);
      const app = await appOn(server.url);
      await answering(app, server);
      const user = await app.register();
      await app.login(user);
      await expect.poll(() => told(events).length).toBe(1);

      server.kill(signal);
      if (signal === 'SIGSTOP') await expect.poll(() => isStopped(server)).toBe(true);
      // The API serves as before: from the first moment, while nothing is noticed yet, and afterwards.
      let logins = 0;
      while ((await metric(app, 'auth_nats_connected')) === 1 || logins < 20) {
        expect((await app.call('POST', '/auth/login', { body: user })).status).toBe(200);
        logins++;
        // A stopped server is noticed after seconds, in which logins without a pause would only busy the machine.
        if (logins > 20) await sleep(50);
      }
      await app.login(user);
      logins++;
      await expect.poll(() => metric(app, DROPPED)).toBe(logins);
      expect((await app.call('GET', '/health/ready')).status).toBe(200);
      if (signal === 'SIGSTOP') server.kill('SIGCONT');
      else await server.restart();
      await answering(app, server);

      // A position tells the gap before any further event, which then follows.
      const position = () => events.findLast(({ subject }) => subject === POSITION);
      if (signal === 'SIGKILL') await expect.poll(() => position()?.seq).toBe(1 + logins);
      await client.flush();
      await app.login(user);
      await expect.poll(() => events.findLast(({ subject }) => subject !== POSITION)?.seq).toBe(2 + logins);
      expect(app.logged().match(/nats is down/g)).toHaveLength(1);
      expect(app.logged().match(/nats is back/g)).toHaveLength(1);
      expect(await metric(app, DROPPED)).toBe(logins);
    },
  );

  it('begin when NATS comes up after the API, and end with a last position', async () => {
    const server = await natsServer();
    server.kill('SIGKILL');
    const app = await startTestApp('embedded', { NATS_URL: server.url });
    const user = await app.register();
    await app.login(user);
    await expect.poll(() => app.logged()).toContain('nats is down');
    await expect.poll(() => metric(app, DROPPED)).toBe(1);
    await server.restart();
    const events = await collectEvents(await natsClient(server));
    await answering(app, server);
    await app.login(user);
    await expect.poll(() => told(events).length).toBe(2); // the second login ends the first session
    await app.close();
    await expect.poll(() => events.at(-1)).toMatchObject({ subject: POSITION, seq: 3, closed: true });
  });

  it('never come from an API with a wrong password, whose log does not tell it', async () => {
    const server = await natsServer({ args: ['--user', 'api', '--pass', 'the right one'] });
    const url = (password: string) => server.url.replace('//', `//api:${encodeURIComponent(password)}@`);
    const wrong = await appOn(url('wr0ng:secret@'));
    await expect.poll(() => wrong.logged()).toContain('Authorization Violation');
    const user = await wrong.register();
    expect((await wrong.call('POST', '/auth/login', { body: user })).status).toBe(200);
    expect(wrong.logged()).not.toMatch(/wr0ng/);
    expect(await metric(wrong, 'auth_nats_connected')).toBe(0);

    const right = await appOn(url('the right one'));
    await expect.poll(() => metric(right, 'auth_nats_connected')).toBe(1);
    expect(right.logged()).not.toContain('right one');
  });

  it('are bounded while a server confirms nothing', async () => {
    let dropped = 0;
    let published = 0;
    const publisher = createEventPublisher({
      now: Date.now,
      onDropped: count => {
        dropped += count;
      },
    });
    const emitter = createEmitter(createLogger('silent'));
    publisher.listenTo(emitter);
    const server = await natsServer();
    const connection = await natsClient(server);
    const silent = Object.assign(Object.create(connection), {
      publish: () => {
        published++;
      },
      flush: () => new Promise(() => {}),
    });
    publisher.connected(silent);
    const client = { ip: '', userAgent: '', requestId: '' };
    for (let i = 0; i < 1500; i++)
      emitter.emit('session.ended', { userId: 1, sessionId: `${i}`, reason: 'logout', ...client });
    await expect.poll(() => dropped).toBe(500);
    expect(published).toBe(1 + 1000); // and the position
    publisher.disconnected();
    expect(dropped).toBe(1500);
  });

  it('are nothing without NATS_URL', async () => {
    const app = await startTestApp('embedded');
    onTestFinished(() => app.close());
    await app.login(await app.register());
    expect([await metric(app, 'auth_nats_connected'), await metric(app, DROPPED)]).toEqual([0, 0]);
    expect(app.logged()).not.toContain('nats');
    expect(readFileSync('.env.example', 'utf8')).toMatch(/^NATS_URL=$/m);
  });
});
