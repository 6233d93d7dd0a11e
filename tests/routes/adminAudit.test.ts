import { get, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Request, Response } from 'express';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAdminController } from '../../controllers/admin.controller.ts';
import { auditQuery } from '../../controllers/admin.schemas.ts';
import { createHttpServer, httpLimits } from '../../http/server.ts';
import { DatabaseError, toPreciseSqlTime } from '../../stores/db.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { type Administrator, auditRows, registerAdmin } from '../support/administrator.ts';
import { eventually } from '../support/eventually.ts';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';

const DAY = Date.UTC(2020, 0, 1);

interface AuditRow {
  id: string;
  time?: number;
  event?: string;
  userId?: number | null;
  ip?: string;
  userAgent?: string;
  detail?: object | null;
}

/** Adds rows to the audit trail, in this order. Ids of events are padded to their length. */
async function insert(app: TestApp, rows: AuditRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 1000) {
    const batch = rows.slice(i, i + 1000);
    const places = batch.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
    await app.stores.db.run(
      `INSERT INTO audit_log (event_id, created_at, event, user_id, ip, user_agent, request_id, detail) VALUES ${places}`,
      batch.flatMap(
        ({ id, time = DAY, event = 'session.refreshed', userId = 1, ip = '203.0.113.1', ...row }) => [
          ...[id, toPreciseSqlTime(time), event, userId, ip, row.userAgent ?? 'agent', 'request'],
          row.detail ? JSON.stringify(row.detail) : null,
        ],
      ),
    );
  }
}

describe.each(backends)('GET /auth/admin/audit on %s stores', backend => {
  let app: TestApp;
  let admin: Administrator;
  beforeAll(async () => {
    app = await startTestApp(backend);
    admin = await registerAdmin(app);
    await insert(app, [
      { id: 'a', time: DAY, event: 'login.failed', userId: null, ip: '203.0.113.7' },
      // Written late: its time is earlier than that of the row before.
      { id: 'b', time: DAY + 2, userId: 7 },
      { id: 'c', time: DAY + 1, userId: 8 },
      { id: 'd', time: DAY + 3, event: 'roles.changed', userId: 7, detail: { roles: 'editor', by: '8' } },
      { id: 'e', time: DAY + 3, userId: 8, ip: '203.0.113.7' },
      { id: 'f', time: DAY + 3, event: 'login.failed', userId: 7, ip: '2001:db8::1' },
      { id: 'g', time: DAY + 5, userId: 7, ip: '203.0.113.7' },
    ]);
  });
  afterAll(() => app.close());

  const ask = (query: string) => app.call('GET', `/auth/admin/audit?${query}`, { token: admin.token });

  /** The ids of every page. */
  async function idsOf(query: string, limit: number): Promise<string> {
    const ids: string[] = [];
    let cursor = '';
    for (;;) {
      const { status, body } = await ask(`${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
      expect([status, body.events.length <= limit]).toEqual([200, true]);
      ids.push(...body.events.map(({ id }: { id: string }) => id));
      if (!body.next) return ids.join('');
      cursor = body.next;
    }
  }
  const iso = (ms: number) => new Date(DAY + ms).toISOString();
  const past = `to=${iso(1000)}`;

  it.each([
    ['', 'gfedbca'],
    ['user_id=7', 'gfdb'],
    ['user_id=9', ''],
    ['event=login.failed', 'fa'],
    ['ip=203.0.113.7', 'gea'],
    ['ip=2001:db8::1', 'f'],
    ['user_id=7&event=login.failed', 'f'],
    ['user_id=8&ip=203.0.113.7', 'e'],
    [`from=${iso(3)}`, 'gfed'],
    [`from=${iso(2)}&user_id=7`, 'gfdb'],
    [`from=${iso(1)}&event=session.refreshed`, 'gebc'],
  ])('filters by %s', async (query, expected) => {
    for (const limit of [1, 2, 3, 100]) expect(await idsOf(`${past}&${query}`, limit)).toBe(expected);
  });

  it.each([
    [`to=${iso(3)}`, 'bca'],
    [`to=${iso(5)}&user_id=7`, 'fdb'],
    [`to=${iso(4)}&from=${iso(2)}&user_id=8`, 'e'],
    [`to=${iso(3)}&from=${iso(3)}`, ''],
    ['to=2020-01-01', ''],
    ['to=2020-01-01T01:00:00%2B01:00', ''],
    ['to=2020-01-02&from=2020-01-01', 'gfedbca'],
  ])('takes %s as the times from, and before', async (query, expected) => {
    for (const limit of [1, 2, 100]) expect(await idsOf(query, limit)).toBe(expected);
  });

  it('shows what an event has', async () => {
    const { body } = await ask(`${past}&event=roles.changed`);
    expect(body).toEqual({
      events: [
        {
          ...{ id: 'd', time: iso(3), event: 'roles.changed', user_id: 7, session_id: null, reason: null },
          ...{ ip: '203.0.113.1', user_agent: 'agent', request_id: 'request' },
          detail: { roles: 'editor', by: '8' },
        },
      ],
    });
  });

  it('leaves nothing out while more happens', async () => {
    const first = await ask('limit=2');
    await app.login(await app.register());
    await eventually(async () => expect(await auditRows(app, 'session.started', admin.id)).not.toEqual([]));
    const second = await ask(`limit=2&cursor=${first.body.next}`);
    const times = [...first.body.events, ...second.body.events].map(({ time }: { time: string }) => time);
    expect(times).toEqual([...times].sort().reverse());
    const ids = [...first.body.events, ...second.body.events].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('is CSV where the request asks for it', async () => {
    const { token } = admin;
    const header = 'time,event,user_id,session_id,reason,ip,user_agent,request_id,id,detail\r\n';
    const byFormat = await ask(`${past}&format=csv`);
    const byAccept = await app.call('GET', `/auth/admin/audit?${past}`, {
      token,
      headers: { Accept: 'text/csv' },
    });
    for (const { status, headers, text } of [byFormat, byAccept]) {
      expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
        ...[200, 'text/csv; charset=utf-8', 'attachment; filename=audit.csv'],
      ]);
      expect(text.startsWith(header)).toBe(true);
      expect(text.split('\r\n')).toHaveLength(9);
      expect(headers['cache-control']).toBe('no-store');
    }
    const json = await app.call('GET', `/auth/admin/audit?${past}&format=json`, {
      token,
      headers: { Accept: 'text/csv' },
    });
    expect(json.headers['content-type']).toContain('json');
    expect(byFormat.text).toContain(
      `${iso(3)},roles.changed,7,,,203.0.113.1,agent,request,d,"{""roles"":""editor"",""by"":""8""}"\r\n`,
    );
    const head = await app.call('HEAD', `/auth/admin/audit?${past}&format=csv`, { token });
    expect([head.status, head.headers['content-type'], head.text]).toEqual([
      ...[200, 'text/csv; charset=utf-8', ''],
    ]);
    expect((await ask(`format=csv&event=password.reset`)).text).toBe(header);
  });

  it('defuses cells that a spreadsheet would run, and quotes what RFC 4180 says', async () => {
    const cells = [
      ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
      ['+1+cmd', "'+1+cmd"],
      ['-2', "'-2"],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['\t=1', "'\t=1"],
      ['a,b', '"a,b"'],
      ['two\r\nlines', '"two\r\nlines"'],
      ['plain = text', 'plain = text'],
    ];
    await insert(
      app,
      cells.map(([userAgent], i) => ({ id: `cell-${i}`, event: 'cell.test', userAgent })),
    );
    const { text } = await ask('format=csv&event=cell.test');
    for (const [i, [, cell]] of cells.entries())
      expect(text).toContain(`,203.0.113.1,${cell},request,cell-${i},\r\n`);
  });

  it('is a 503 before the first byte when the database does not answer', async () => {
    const query = vi.spyOn(app.stores.db, 'query');
    onTestFinished(() => query.mockRestore());
    query.mockImplementation(async () => {
      throw new DatabaseError(new Error('gone'), 'refused');
    });
    const { status, body, headers } = await ask('format=csv');
    expect([status, body.code]).toEqual([503, 'store_unavailable']);
    expect(headers).not.toHaveProperty('content-disposition');
  });
});

describe.each(backends)('an audit trail of 100,000 rows on %s stores', backend => {
  const COUNT = 100_000;
  let app: TestApp;
  let admin: Administrator;
  beforeAll(async () => {
    app = await startTestApp(backend);
    admin = await registerAdmin(app);
    const rows = Array.from({ length: COUNT }, (_, i) => ({
      id: `event-${i}`,
      time: DAY + i * 1000,
      userId: i % 2,
      userAgent: 'a'.repeat(250),
      ...(i === 5 && { event: 'password.changed' }),
    }));
    await insert(app, rows);
  }, 120_000);
  afterAll(() => app.close());

  const past = `to=${new Date(DAY + COUNT * 1000).toISOString()}`;

  /** Follows the export: how many lists were read, and whether it has ended. */
  function followLists() {
    const { auditLists } = app.models.admin;
    const state = { read: 0, isEnded: false };
    const spy = vi.spyOn(app.models.admin, 'auditLists');
    spy.mockImplementation(async function* (...args) {
      try {
        for await (const list of auditLists(...args)) {
          state.read++;
          yield list;
        }
      } finally {
        state.isEnded = true;
      }
    });
    onTestFinished(() => spy.mockRestore());
    return state;
  }

  function open(origin = app.origin): Promise<IncomingMessage> {
    const url = `${origin}/auth/admin/audit?format=csv&${past}`;
    return new Promise((resolve, reject) =>
      get(url, { headers: { Authorization: `Bearer ${admin.token}` } }, resolve).on('error', reject),
    );
  }

  it('is exported whole, each row once, the newest first', async () => {
    const state = followLists();
    const lines = (await text(await open())).split('\r\n');
    expect(lines).toHaveLength(COUNT + 2);
    expect(lines.slice(1, -1).map(line => line.split(',')[8])).toEqual(
      Array.from({ length: COUNT }, (_, i) => `event-${COUNT - 1 - i}`),
    );
    expect(state).toEqual({ read: COUNT / 500, isEnded: true });
  });

  it('is read no faster than the client takes it: at most 3 of 200 lists are held', async () => {
    const state = followLists();
    let taken = 0;
    let mostHeld = 0;
    /** Takes the next text when the event loop has run all that was ready, many times over. */
    const res = Object.assign(
      new Writable({
        objectMode: true,
        highWaterMark: 1,
        write(_chunk, _encoding, done) {
          let turns = 0;
          const wait = () => {
            mostHeld = Math.max(mostHeld, state.read - taken);
            if (++turns < 20) setImmediate(wait);
            else {
              taken++;
              done();
            }
          };
          wait();
        },
      }),
      { vary: () => res, attachment: () => res },
    ) as unknown as Response;
    const { audit } = createAdminController(app.models.admin);
    const req = { auth: { userId: admin.id }, method: 'GET', get: () => '' } as unknown as Request;
    const to = new Date(DAY + COUNT * 1000).toISOString();
    await audit(req, res, auditQuery.parse({ format: 'csv', to }));
    expect(taken).toBe(COUNT / 500);
    expect(mostHeld).toBeLessThanOrEqual(3);
  });

  it('is read no further when the client goes away', async () => {
    const state = followLists();
    const response = await open();
    response.destroy();
    await eventually(() => expect(state.isEnded).toBe(true));
    expect(state.read).toBeLessThan(COUNT / 500);
    expect(app.logged()).not.toContain('Something went wrong');
  });

  it('is read no further when the client stops reading, and the connection ends', async () => {
    const state = followLists();
    const limits = { ...httpLimits, stallTimeout: 1000 };
    const { listen, close } = createHttpServer(app.express, createLogger('silent'), limits);
    const { port } = await listen(0, '127.0.0.1');
    const response = await open(`http://127.0.0.1:${port}`);
    response.pause();
    await eventually(() => expect(state.isEnded).toBe(true));
    expect(state.read).toBeLessThan(COUNT / 500);
    await expect(text(response)).rejects.toThrow('aborted');
    await close();
  });

  it('ends the connection when the database fails in the middle, so that no part looks whole', async () => {
    const { auditLists } = app.models.admin;
    const spy = vi.spyOn(app.models.admin, 'auditLists');
    onTestFinished(() => spy.mockRestore());
    spy.mockImplementation(async function* (...args) {
      for await (const list of auditLists(...args)) {
        yield list;
        throw new DatabaseError(new Error('gone'), 'refused');
      }
    });
    await expect(text(await open())).rejects.toThrow('aborted');
  });

  it('is filtered a bounded part at a time', async () => {
    for (const [filter, expected] of [
      ['event=password.changed', ['event-5']],
      ['user_id=1&event=password.changed', ['event-5']],
      ['ip=192.0.2.1', []],
      [`user_id=1&to=${new Date(DAY + 6000).toISOString()}`, ['event-5', 'event-3', 'event-1']],
    ] as const) {
      let pages = 0;
      let cursor = '';
      const found: string[] = [];
      do {
        const query = `${filter.includes('to=') ? '' : `${past}&`}${filter}${cursor && `&cursor=${cursor}`}`;
        const { body } = await app.call('GET', `/auth/admin/audit?${query}`, { token: admin.token });
        found.push(...body.events.map(({ id }: { id: string }) => id));
        cursor = body.next ?? '';
        pages++;
      } while (cursor);
      expect(found).toEqual(expected);
      expect(pages, filter).toBeGreaterThanOrEqual(filter.startsWith('user_id') ? 5 : 10);
    }
  });
});
