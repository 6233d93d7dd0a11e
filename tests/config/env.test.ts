import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import { describe, expect, it } from 'vitest';
import { envSchema } from '../../config/env.schema.ts';
import { weakSecrets } from '../../config/env.secrets.ts';
import { configurationWarnings, isEmbedded, parseEnv } from '../../config/env.ts';
import { redisName } from '../../stores/redis/target.ts';
import { faultsOf } from '../support/harness.ts';

const strong = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32) };
const production = { ...strong, NODE_ENV: 'production', DB_HOST: 'db', REDIS_URL: 'redis://cache:6379' };

describe('parseEnv', () => {
  it('has the defaults of the customer', () => {
    expect(parseEnv(strong)).toMatchObject({
      PORT: 3000,
      JWT_EXPIRES_IN: 3600,
      BCRYPT_ROUNDS: 10,
      DB_PORT: 3306,
      DB_USER: 'root',
      DB_PASSWORD: '',
      DB_NAME: 'api_test',
      CONCURRENT_LOGIN: 1,
      SIGNATURE_TIMELIMIT: 60_000,
    });
  });

  it.each([
    ['false', 1],
    ['true', 0],
    ['5', 5],
  ])('reads CONCURRENT_LOGIN=%s as a limit of %i', (CONCURRENT_LOGIN, limit) => {
    expect(parseEnv({ ...strong, CONCURRENT_LOGIN }).CONCURRENT_LOGIN).toBe(limit);
  });

  it('lists every fault at once', () => {
    expect(
      faultsOf({
        PORT: '70000',
        BCRYPT_ROUNDS: 'ten',
        CONCURRENT_LOGIN: '0',
        REDIS_URL: 'http://x',
        TRUST_PROXY: 'true',
      }),
    ).toEqual([
      'PORT must be between 0 and 65535',
      'TRUST_PROXY must be a comma-separated list of addresses or CIDRs, for example 10.0.0.0/8',
      expect.stringMatching(/^JWT_SECRET is missing; make one with: node -p/),
      'CONCURRENT_LOGIN must be true, false or a whole number from 1',
      'BCRYPT_ROUNDS must be a whole number',
      'REDIS_URL must look like redis://host:6379',
    ]);
  });

  it.each(['10.0.0.0/8', '10.0.0.1, fd00::/8', '127.0.0.1'])('believes the proxies in %s', TRUST_PROXY => {
    expect(parseEnv({ ...strong, TRUST_PROXY }).TRUST_PROXY).toEqual(TRUST_PROXY.split(', '));
  });

  it.each(['1', 'true', '10.0.0.0/33', '10.0.0.0/8/8', 'loopback', '10.0.0.1,'])(
    'refuses TRUST_PROXY=%s',
    TRUST_PROXY => {
      expect(faultsOf({ ...strong, TRUST_PROXY })).toHaveLength(1);
    },
  );

  it('listens on loopback, in production on MySQL and Redis everywhere', () => {
    expect(parseEnv(strong).HOST).toBe('127.0.0.1');
    expect(parseEnv(production).HOST).toBe('0.0.0.0');
    expect(parseEnv({ ...strong, NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' }).HOST).toBe('127.0.0.1');
    expect(parseEnv({ ...production, HOST: '10.1.2.3' }).HOST).toBe('10.1.2.3');
  });
});

describe('the place of Redis', () => {
  const cluster = { REDIS_CLUSTER_NODES: 'a:7000, [::1]:7001' };
  const sentinels = { REDIS_SENTINELS: 'a:26379,b:26379', REDIS_SENTINEL_NAME: 'main' };
  const url = { REDIS_URL: 'redis://:p%40ss@cache:6379/2' };

  it.each([
    ['a URL', url, 'Redis at cache:6379'],
    ['a cluster', cluster, 'Redis Cluster at a:7000, [::1]:7001'],
    ['Sentinels', sentinels, 'Redis "main" of the Sentinels at a:26379, b:26379'],
  ])('is %s, which is enough for production and named without its password', (_, place, name) => {
    const env = parseEnv({
      ...strong,
      NODE_ENV: 'production',
      DB_HOST: 'db',
      REDIS_PASSWORD: 'p@ss',
      ...place,
    });
    expect(isEmbedded(env)).toBe(false);
    expect(redisName(env)).toBe(name);
  });

  it.each([
    [{ ...url, ...cluster }, 'REDIS_URL and REDIS_CLUSTER_NODES exclude each other: give one'],
    [{ ...cluster, ...sentinels }, 'REDIS_CLUSTER_NODES and REDIS_SENTINELS exclude each other: give one'],
    [{ REDIS_SENTINELS: 'a:26379' }, /^REDIS_SENTINEL_NAME is missing/],
    [{ REDIS_CLUSTER_NODES: 'a' }, /^REDIS_CLUSTER_NODES must be a comma-separated list of host:port$/],
    [{ REDIS_CLUSTER_NODES: 'a:0' }, /^REDIS_CLUSTER_NODES must be/],
    [{ REDIS_CLUSTER_NODES: 'a:7000,' }, /^REDIS_CLUSTER_NODES must be/],
    [{ ...sentinels, REDIS_SENTINELS: 'redis://a:1' }, /^REDIS_SENTINELS must be/],
    [{ REDIS_URL: 'redis://:%@cache' }, /^REDIS_URL must look like/],
    [{ REDIS_URL: 'redis://cache/zero' }, /^REDIS_URL must look like/],
    [{ REDIS_TLS: 'yes' }, 'REDIS_TLS must be true or false'],
  ])('cannot be %j', (values, fault) => {
    expect(faultsOf({ ...strong, ...values } as Record<string, string>)).toEqual([
      typeof fault === 'string' ? fault : expect.stringMatching(fault),
    ]);
  });
});

describe('production', () => {
  it('starts with strong secrets, MySQL and Redis', () => {
    expect(faultsOf(production)).toEqual([]);
  });

  it.each([
    ['a missing JWT_SECRET', { JWT_SECRET: '' }, 'JWT_SECRET is missing'],
    [
      'the example JWT_SECRET',
      { JWT_SECRET: 'your_super_secret_key' },
      'JWT_SECRET is missing or a known example',
    ],
    ['a JWT_SECRET of 31 bytes', { JWT_SECRET: 'x'.repeat(31) }, 'JWT_SECRET is shorter than 32 bytes'],
    ['no SIGNATURE_KEY', { SIGNATURE_KEY: '' }, 'SIGNATURE_KEY is missing or a known example'],
    [
      'the example SIGNATURE_KEY',
      { SIGNATURE_KEY: 'default_secret' },
      'SIGNATURE_KEY is missing or a known example',
    ],
    [
      'a short previous key',
      { SIGNATURE_KEY_PREVIOUS: 'short' },
      'SIGNATURE_KEY_PREVIOUS is shorter than 32 bytes',
    ],
    [
      'one secret for both',
      { SIGNATURE_KEY: strong.JWT_SECRET },
      'JWT_SECRET and SIGNATURE_KEY are the same',
    ],
    [
      'a DATA_KEY that is too short',
      { DATA_KEY: 'ab'.repeat(31) },
      'DATA_KEY must be 32 bytes in hex or base64',
    ],
    ['a malformed DATA_KEY', { DATA_KEY: 'x y'.repeat(20) }, 'DATA_KEY must be 32 bytes'],
    [
      'a malformed DATA_KEY_PREVIOUS',
      { DATA_KEY_PREVIOUS: 'g'.repeat(64) },
      'DATA_KEY_PREVIOUS must be 32 bytes in hex or base64',
    ],
    [
      'a DATA_KEY that clients know',
      { DATA_KEY: 'ab'.repeat(32), SIGNATURE_KEY: 'ab'.repeat(32) },
      'DATA_KEY is the same as JWT_SECRET or SIGNATURE_KEY',
    ],
    ['a colon in TOTP_ISSUER', { TOTP_ISSUER: 'a:b' }, 'TOTP_ISSUER must not contain a colon'],
    ['users in a file', { DB_HOST: '' }, 'DB_HOST and REDIS_URL are needed in production'],
    ['sessions in the process', { REDIS_URL: '' }, 'DB_HOST and REDIS_URL are needed in production'],
    ['explained signatures', { SIGNATURE_EXPLAIN: 'true' }, 'SIGNATURE_EXPLAIN=true is for development only'],
  ])('refuses %s', (_, change, fault) => {
    const values = Object.entries({ ...production, ...change }).filter(([, value]) => value !== '');
    const faults = faultsOf(Object.fromEntries(values));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it('names the fault and never the secret', () => {
    expect(faultsOf({ ...production, JWT_SECRET: 'not-long-enough' }).join()).not.toContain(
      'not-long-enough',
    );
  });
});

describe('several processes', () => {
  it('need MySQL and Redis, and the refusal says why', () => {
    expect(faultsOf({ ...production, WEB_CONCURRENCY: '4' })).toEqual([]);
    for (const absent of [{ DB_HOST: '' }, { REDIS_URL: '' }]) {
      const values = Object.entries({ ...production, ...absent, NODE_ENV: 'test', WEB_CONCURRENCY: '2' });
      const faults = faultsOf(Object.fromEntries(values.filter(([, value]) => value !== '')));
      expect(faults).toEqual([expect.stringContaining('embedded stores live in one process')]);
    }
  });
});

describe('DATA_KEY', () => {
  it('is warned of where it is missing', () => {
    expect(configurationWarnings(parseEnv(production))).toEqual([
      expect.stringMatching(/^DATA_KEY is not set: .*JWT_SECRET/),
    ]);
    const quiet = { ...production, DATA_KEY: 'ab'.repeat(32) };
    expect(configurationWarnings(parseEnv(quiet))).toEqual([]);
    expect(configurationWarnings(parseEnv({ ...quiet, RATE_LIMIT: 'off' }))).toEqual([
      expect.stringMatching(/^RATE_LIMIT=off /),
    ]);
  });
});

describe('development', () => {
  it('runs with the customer’s example values, and warns of them', () => {
    const env = parseEnv({ JWT_SECRET: 'your_super_secret_key' });
    expect(env.SIGNATURE_KEY).toBe('default_secret');
    expect(weakSecrets(env)).toHaveLength(2);
  });
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');
  const example = dotenv.parse(text);

  it('names exactly the variables of the schema', () => {
    expect(Object.keys(example).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('gives each its default', () => {
    const given = Object.fromEntries(Object.entries(example).filter(([, value]) => value !== ''));
    expect(parseEnv({ ...strong, ...given, SIGNATURE_KEY: 'default_secret' })).toEqual(
      parseEnv({ JWT_SECRET: strong.JWT_SECRET }),
    );
  });

  it('says of each what it means, in the line above', () => {
    const lines = text.split('\n');
    const unexplained = lines.filter(
      (line, i) => /^[A-Z_]+=/.test(line) && !/^# \S/.test(lines[i - 1] ?? ''),
    );
    expect(unexplained).toEqual([]);
  });
});
