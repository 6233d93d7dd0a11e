import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuditModel } from '../../../models/audit/audit.model.ts';
import { type Database, DatabaseError, fromSqlTime, type Row } from '../../../stores/db.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { client } from '../../support/session.models.ts';

/** Of a row, with the number that the database gives it left out. */
const COLUMNS = 10;

describe.each(backends)('the audit trail on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { REFRESH_LEEWAY: '0', CONCURRENT_LOGIN: '2' });
  });
  afterAll(() => app.close());

  /** The rows of requests whose id begins so, in the order of their ids. */
  const rowsOf = (prefix: string): Promise<Row[]> =>
    app.stores.db.query('SELECT * FROM audit_log WHERE request_id LIKE ? ORDER BY id', [`${prefix}%`]);
  const linesOf = (prefix: string): Record<string, unknown>[] =>
    app
      .logged()
      .split('\n')
      .filter(text => text.includes('"msg":"audit"'))
      .map(text => JSON.parse(text))
      .filter(({ request_id }) => request_id.startsWith(prefix));

  /** A user agent who does things one by one, each under a request id that says what. */
  function person(email = `${randomBytes(6).toString('hex')}@example.com`) {
    const run = randomBytes(4).toString('hex');
    const password = `the secret ${run}`;
    return {
      run,
      email,
      password,
      async act(id: string, what: string, body: object = {}, token?: string) {
        const [method = '', path = ''] = what.split(' ');
        const headers = { 'X-Request-Id': `${run}.${id}`, 'User-Agent': `agent of ${run}` };
        return app.call(method, path, { body, headers, ...(token && { token }) });
      },
    };
  }

  it('has every event with all its fields, as a line and as a row', async () => {
    const { run, email, password, act } = person();
    const next = `another secret ${run}`;
    const secrets = [password, next, email];
    const login = async (id: string) => {
      const { body } = await act(id, 'POST /auth/login', { email, password, device_name: `a ${id}` });
      secrets.push(body.access_token, body.refresh_token);
      return { token: body.access_token, refresh: body.refresh_token, session: body.session.id };
    };
    const { body } = await act('register', 'POST /auth/register', { name: 'Ada', email, password });
    const userId = body.user.id;
    const typed = 'typed-into-the-wrong-field';
    await act('unknown', 'POST /auth/login', { email: typed, password: `${password}!` });
    await act('wrong', 'POST /auth/login', { email, password: `${password}!` });
    secrets.push(typed, `${password}!`);
    const a = await login('a');
    await act('rename', 'PATCH /auth/profile', { name: 'Countess' }, a.token);
    await act('logout', 'POST /auth/logout', {}, a.token);
    const b = await login('b');
    app.clock.advance(1000);
    const c = await login('c');
    const d = await login('d'); // over the limit: b goes
    const refreshed = await act('refresh', 'POST /auth/refresh', { refresh_token: c.refresh });
    secrets.push(refreshed.body.access_token, refreshed.body.refresh_token);
    await act('reuse', 'POST /auth/refresh', { refresh_token: c.refresh });
    const e = await login('e');
    await act('end', `DELETE /auth/sessions/${e.session}`, {}, d.token);
    await act(
      'refused',
      'POST /auth/change-password',
      { current_password: next, new_password: `${next}!` },
      d.token,
    );
    const change = { current_password: password, new_password: next };
    const changed = (await act('change', 'POST /auth/change-password', change, d.token)).body;
    secrets.push(changed.access_token, changed.refresh_token);
    await act('all', 'POST /auth/logout-all', {}, changed.access_token);

    const agent = `agent of ${run}`;
    const used = { last_ip: '127.0.0.1', last_user_agent: agent };
    const expected = [
      ['register', 'account.registered', null],
      ['unknown', 'login.failed', null, 'unknown_address'],
      ['wrong', 'login.failed', null, 'wrong_password'],
      ['a', 'session.started', a.session, 'login', { device_name: 'a a' }],
      ['rename', 'account.renamed', a.session],
      ['logout', 'session.ended', a.session, 'logout'],
      ['b', 'session.started', b.session, 'login', { device_name: 'a b' }],
      ['c', 'session.started', c.session, 'login', { device_name: 'a c' }],
      ['d', 'session.ended', b.session, 'evicted'],
      ['d', 'session.started', d.session, 'login', { device_name: 'a d' }],
      ['refresh', 'session.refreshed', c.session],
      ['reuse', 'refresh.reused', c.session, null, used],
      ['reuse', 'session.ended', c.session, 'refresh_reuse'],
      ['e', 'session.started', e.session, 'login', { device_name: 'a e' }],
      ['end', 'session.ended', e.session, 'ended_by_user'],
      ['refused', 'password.change_failed', d.session, 'wrong_password'],
      ['change', 'session.ended', d.session, 'password_change'],
      ['change', 'password.changed', d.session],
      ['change', 'session.started', changed.session.id, 'password_change', { device_name: 'a d' }],
      ['all', 'session.ended', changed.session.id, 'logout_all'],
    ].map(([id, event, session_id, reason = null, detail = null]) => ({
      event,
      user_id: id === 'unknown' ? null : userId,
      session_id,
      reason,
      ip: '127.0.0.1',
      user_agent: agent,
      request_id: `${run}.${id}`,
      detail,
    }));
    await expect.poll(() => rowsOf(`${run}.`)).toHaveLength(expected.length);
    const rows = (await rowsOf(`${run}.`)).map(row => ({
      ...row,
      detail: row.detail && JSON.parse(String(row.detail)),
    }));
    expect(rows).toMatchObject(expected);
    const times = rows.map(row => fromSqlTime(String((row as Row).created_at)));
    expect(times.at(-1)).toBe(new Date(app.clock.now()).toISOString());
    expect(times[0]).toBe(new Date(app.clock.now() - 1000).toISOString());

    const lines = linesOf(`${run}.`);
    const present = (fields: object) =>
      Object.fromEntries(
        Object.entries(fields).filter(([name, value]) => name === 'user_id' || value !== null),
      );
    expect(lines).toMatchObject(expected.map(present));
    expect(lines.map(({ event_id }) => event_id)).toEqual(rows.map(row => (row as Row).event_id));
    expect(lines.filter(({ level }) => level !== 30).map(({ event }) => event)).toEqual(['refresh.reused']);

    const everything = app.logged() + JSON.stringify(rows);
    expect(secrets).toHaveLength(5 + 2 * 5 + 4);
    for (const secret of secrets) expect([secret, everything.includes(secret)]).toEqual([secret, false]);
  });

  it('has the login that found no room', async () => {
    const full = await startTestApp(backend, { CONCURRENT_LOGIN: '1', CONCURRENT_LOGIN_POLICY: 'deny' });
    try {
      const user = await full.register();
      await full.login(user);
      await expect(full.login(user)).rejects.toThrow('session_limit');
      const find = () =>
        full.stores.db.query("SELECT user_id, reason FROM audit_log WHERE event = 'login.failed'");
      await expect.poll(find).toEqual([{ user_id: user.id, reason: 'session_limit' }]);
    } finally {
      await full.close();
    }
  });

  describe('whose rows', () => {
    const log = createLogger('silent');
    let run: string;
    let lost: number;
    beforeEach(() => {
      run = randomBytes(4).toString('hex');
      lost = 0;
    });

    function open(db: Database = app.stores.db, capacity?: number) {
      const onLost = (count: number) => {
        lost += count;
      };
      return createAuditModel({ db, log, now: app.clock.now, onLost, ...(capacity && { capacity }) });
    }
    function record(audit: ReturnType<typeof open>, count: number, userAgentOf = (_i: number) => 'agent') {
      for (let i = 0; i < count; i++) {
        const event = { ...client, userId: i, userAgent: userAgentOf(i), requestId: `${run}.${i}` };
        audit.record('account.registered', event);
      }
    }
    const numbers = async () => (await rowsOf(`${run}.`)).map(row => row.user_id);
    const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

    it('are all there, in order, when the trail was closed at once', async () => {
      const audit = open();
      record(audit, 1234);
      await audit.close();
      expect(await numbers()).toEqual(upTo(1234));
      expect(lost).toBe(0);
      record(audit, 2);
      expect(lost).toBe(2);
    });

    it('hold whatever texts clients send, as far as they fit', async () => {
      const texts = [
        ['x'.repeat(300), 'x'.repeat(255)],
        ['\u{1f600} \u00e9 \u001b \\ \' "', '\u{1f600} \u00e9 \u001b \\ \' "'],
        ['a\ud800b', 'a\ufffdb'],
        [`${'x'.repeat(254)}\u{1f600}`, `${'x'.repeat(254)}\ufffd`],
      ];
      const audit = open();
      record(audit, texts.length, i => texts[i]?.[0] ?? '');
      await audit.close();
      const rows = await rowsOf(`${run}.`);
      expect(rows.map(row => row.user_agent)).toEqual(texts.map(([, kept]) => kept));
    });

    it('are written by as few statements as the rows of several go into', async () => {
      const sizes: number[] = [];
      const counting: Database = {
        ...app.stores.db,
        run(sql, values = []) {
          sizes.push(values.length / COLUMNS);
          return app.stores.db.run(sql, values);
        },
      };
      const audit = open(counting);
      record(audit, 63);
      await audit.close();
      expect(sizes).toEqual([50, 10, 2, 1]);
      expect(await numbers()).toEqual(upTo(63));
    });

    it('are written but the one that the database refuses for good', async () => {
      const { db } = app.stores;
      await db.run('DELETE FROM audit_log');
      if (backend === 'real') await db.run('ALTER TABLE audit_log MODIFY user_agent VARCHAR(20) NOT NULL');
      else
        await db.run(`CREATE TRIGGER narrow BEFORE INSERT ON audit_log WHEN length(new.user_agent) > 20
          BEGIN SELECT RAISE(ABORT, 'too long'); END`);
      try {
        const audit = open();
        record(audit, 170, i => (i === 77 ? 'x'.repeat(21) : 'agent'));
        await audit.close();
        expect(await numbers()).toEqual(upTo(170).filter(i => i !== 77));
        expect(lost).toBe(1);
      } finally {
        if (backend === 'real') await db.run('ALTER TABLE audit_log MODIFY user_agent VARCHAR(255) NOT NULL');
        else await db.run('DROP TRIGGER narrow');
      }
    });

    it('are there once although the answer to a write was lost', async () => {
      const { db } = app.stores;
      let calls = 0;
      const deaf: Database = {
        ...db,
        async run(sql, values) {
          const result = await db.run(sql, values);
          if (calls++ % 2 === 0) throw new DatabaseError(new Error('no answer'), 'unknown');
          return result;
        },
      };
      const audit = open(deaf);
      record(audit, 52);
      await expect.poll(numbers).toHaveLength(52);
      await audit.close();
      expect(await numbers()).toEqual(upTo(52));
      expect(lost).toBe(0);
    });

    it('wait for the table up to the capacity, and the rest is counted', async () => {
      const { db } = app.stores;
      await db.run('ALTER TABLE audit_log RENAME TO away');
      const audit = open(db, 60);
      record(audit, 63);
      expect(lost).toBe(3);
      await db.run('ALTER TABLE away RENAME TO audit_log');
      await expect.poll(numbers).toEqual(upTo(60));
      await audit.close();
      expect(lost).toBe(3);
    });

    it('are counted as lost when the database stays away, and the close does not wait for long', async () => {
      const { db } = app.stores;
      await db.run('ALTER TABLE audit_log RENAME TO away');
      try {
        const audit = open(db);
        record(audit, 7);
        const startedAt = performance.now();
        await audit.close();
        expect(performance.now() - startedAt).toBeLessThan(8000);
        expect(lost).toBe(7);
      } finally {
        await db.run('ALTER TABLE away RENAME TO audit_log');
      }
    });
  });
});
