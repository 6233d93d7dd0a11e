import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Env } from '../../config/env.ts';
import { listenFault } from '../../http/server.ts';
import { verifySmtp } from '../../mail/mailer.ts';
import { tryConnection } from '../../nats/connection.ts';
import { natsTarget } from '../../nats/target.ts';
import { errorText } from '../../stores/stores.ts';
import { type Finding, fault, ok } from './findings.ts';

const LIVE_MS = 2000;

/** Whether a folder can be written, or made where it is missing. */
export function checkFolder(folder: string, setting: string): Finding {
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
    return ok(`The folder ${folder} can be written`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fault(`${place} cannot be written (${code}): let this user write to it, or change ${setting}`);
  }
}

/** Reachable over NATS_URL, with its user. */
export async function checkNats(servers: string[]): Promise<Finding> {
  const target = natsTarget(servers);
  const name = `NATS at ${[target.servers].flat().join(', ')}`;
  try {
    await tryConnection(target);
    return ok(name);
  } catch (error) {
    return fault(`${name} cannot be used: ${errorText(error)}. Start it, or correct NATS_URL`);
  }
}

/** Reachable over SMTP_URL, and lets its user in. */
export async function checkSmtp(url: string): Promise<Finding> {
  const name = `SMTP server ${new URL(url).host}`;
  try {
    await verifySmtp(url);
    return ok(name);
  } catch (error) {
    return fault(`${name} cannot be used: ${errorText(error)}. Start it, or correct SMTP_URL`);
  }
}

/** Free, or taken by this API. */
export async function checkPorts(env: Env): Promise<Finding[]> {
  const main = await checkPort(env.PORT, env.HOST, 'PORT');
  // Where the API runs, it has both.
  if (env.METRICS_PORT === undefined || main.isApi) return [main.finding];
  const { finding } = await checkPort(env.METRICS_PORT, env.HOST, 'METRICS_PORT');
  return [main.finding, finding];
}

async function checkPort(port: number, host: string, setting: string) {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    const text = port === 0 ? `${setting}=0: any free port` : `Port ${port} on ${host} is free (${setting})`;
    return { finding: ok(text), isApi: false };
  } catch (error) {
    if (await isApi(port, host))
      return { finding: ok(`This API is on port ${port} (${setting})`), isApi: true };
    return { finding: fault(listenFault(error as Error, { port, host, setting })), isApi: false };
  }
}

async function isApi(port: number, host: string): Promise<boolean> {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  try {
    const url = `http://${near.includes(':') ? `[${near}]` : near}:${port}/health/live`;
    const response = await fetch(url, { signal: AbortSignal.timeout(LIVE_MS) });
    return response.headers.has('x-request-id') && (await response.text()) === '{"status":"ok"}';
  } catch {
    return false;
  }
}
