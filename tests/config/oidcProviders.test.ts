import { describe, expect, it } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { faultsOf } from '../support/harness.ts';

const JWT_SECRET = 'j'.repeat(32);
const client = { client_id: 'id', client_secret: 'the secret' };
const settings = { clientId: 'id', clientSecret: 'the secret', scopes: 'openid email profile' };

const providersOf = (values: Record<string, string>) => parseEnv({ JWT_SECRET, ...values }).OIDC_PROVIDERS;
const json = (providers: object) => ({ OIDC_PROVIDERS: JSON.stringify(providers) });

describe('OIDC_PROVIDERS', () => {
  it('is empty by default', () => {
    expect(providersOf({})).toEqual({});
  });

  it('is JSON', () => {
    const google = { ...client, issuer: 'https://accounts.google.com', scopes: 'openid email' };
    expect(providersOf(json({ google }))).toEqual({
      google: { ...settings, issuer: google.issuer, scopes: 'openid email' },
    });
  });

  it('has the variables of each provider', () => {
    const issuer = 'https://login.example.com/realms/main';
    expect(
      providersOf({
        OIDC_MY_IDP_ISSUER: issuer,
        OIDC_MY_IDP_CLIENT_ID: 'id',
        OIDC_MY_IDP_CLIENT_SECRET: 'the secret',
        OIDC_B_CLIENT_SECRET: 'the secret',
        OIDC_B_SCOPES: 'openid',
        ...json({ b: { issuer, client_id: 'id', client_secret: 'an older one' } }),
      }),
    ).toEqual({ 'my-idp': { ...settings, issuer }, b: { ...settings, issuer, scopes: 'openid' } });
  });

  it.each([
    'https://accounts.google.com',
    'https://example.com/a/b/',
    'http://localhost:1',
    'http://127.0.0.1:1/x',
    'http://[::1]:1',
  ])('accepts the issuer %s', issuer => {
    expect(providersOf(json({ a: { ...client, issuer } })).a?.issuer).toBe(issuer);
  });

  it.each([
    'http://example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'ftp://localhost',
    'https://example.com?x',
    'https://example.com#x',
    'https://user@example.com',
    'example.com',
    ' https://example.com',
  ])('refuses the issuer %s', issuer => {
    expect(faultsOf({ JWT_SECRET, ...json({ a: { ...client, issuer } }) })).toEqual([
      expect.stringMatching(/^OIDC_PROVIDERS\.a\.issuer must be an https URL/),
    ]);
  });

  it.each(['[', '"x"', '5', '[]', 'null', '{"A":{}}', '{"a_b":{}}', '{"identities":{}}', '{"":{}}'])(
    'refuses %s',
    OIDC_PROVIDERS => {
      const [fault = '', ...more] = faultsOf({ JWT_SECRET, OIDC_PROVIDERS });
      expect([fault, more]).toEqual([expect.stringMatching(/must be JSON such as .* with names of/), []]);
    },
  );

  it('tells every fault at once, and no secret', () => {
    const providers = {
      a: { issuer: 'https://a.b', client_secret: '', scopes: 'email' },
      b: { ...client, more: 1 },
    };
    const faults = faultsOf({ ...json(providers), OIDC_C_CLIENT_SECRET: 'the secret' });
    expect(faults).toEqual([
      expect.stringMatching(/^JWT_SECRET is missing/),
      'OIDC_PROVIDERS.a.client_id is missing',
      'OIDC_PROVIDERS.a.client_secret must not be empty',
      'OIDC_PROVIDERS.a.scopes must have openid, and spaces between scopes',
      'OIDC_PROVIDERS.b.issuer is missing',
      expect.stringMatching(/^OIDC_PROVIDERS\.b .*"more"/),
      'OIDC_PROVIDERS.c.issuer is missing',
      'OIDC_PROVIDERS.c.client_id is missing',
    ]);
    expect(faults.join()).not.toContain('the secret');
  });
});
