import * as z from 'zod';

/** `OIDC_<NAME>_ISSUER` and so on. */
const VARIABLE = /^OIDC_([A-Z0-9_]+)_(ISSUER|CLIENT_ID|CLIENT_SECRET|SCOPES)$/;

const required = z.string('is missing').min(1, 'must not be empty');

/** Without TLS somebody on the way could answer as the provider. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text) || /[?#@\s]/.test(text)) return false;
  const { protocol, hostname } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

const providerSchema = z
  .strictObject({
    issuer: required.refine(
      isIssuer,
      'must be an https URL (http only on a loopback host) without query and fragment',
    ),
    client_id: required,
    client_secret: required,
    scopes: z
      .string()
      .default('openid email profile')
      .refine(scopes => scopes.split(' ').includes('openid'), 'must have openid, and spaces between scopes'),
  })
  .transform(({ issuer, client_id: clientId, client_secret: clientSecret, scopes }) => ({
    ...{ issuer, clientId, clientSecret, scopes },
  }));

const FORM =
  'must be JSON such as {"google":{"issuer":"https://accounts.google.com","client_id":"…","client_secret":"…"}}, with names of a-z, 0-9 and - other than "identities"';

/** An OpenID Provider, and what the API is registered as there. */
export type OidcProvider = z.infer<typeof providerSchema>;

/** The providers by name, from JSON. The path /auth/oidc/identities is taken. */
export const oidcProviders = z
  .string()
  .transform((text, context) => {
    const json = parsed(text);
    if (json === undefined) context.addIssue({ code: 'custom', message: FORM });
    return json;
  })
  .pipe(z.record(z.string().regex(/^(?!identities$)[a-z0-9-]{1,32}$/), providerSchema, FORM));

/**
 * Adds the variables `OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` and `_SCOPES` to OIDC_PROVIDERS. The name of
 * the provider is in lower case there, with `-` for `_`. A variable wins over the same member of the JSON.
 */
export function collectOidcProviders(
  values: Record<string, string | undefined>,
): Record<string, string | undefined> {
  const collected: Record<string, object> = {};
  for (const [variable, value] of Object.entries(values)) {
    const [, name, member] = VARIABLE.exec(variable) ?? [];
    if (!name || !member || !value) continue;
    const provider = name.toLowerCase().replaceAll('_', '-');
    collected[provider] = { ...collected[provider], [member.toLowerCase()]: value };
  }
  const json = z.record(z.string(), z.looseObject({})).safeParse(parsed(values.OIDC_PROVIDERS || '{}'));
  if (Object.keys(collected).length === 0 || !json.success) return values;
  const merged = Object.entries(collected).map(([name, members]) => [
    name,
    { ...json.data[name], ...members },
  ]);
  return { ...values, OIDC_PROVIDERS: JSON.stringify({ ...json.data, ...Object.fromEntries(merged) }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
