import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { isSignatureError, type UntrustedSignatureCandidate, verifySignature } from 'http-message-sig';
import { SIGNATURE_LABEL, SIGNATURE_TAG } from './messageSignature.ts';

const ALGORITHM = 'hmac-sha256';
const ALWAYS = ['@method', '@authority', '@path', '@query'];
const WHEN_SENT = ['content-type', 'content-digest', 'authorization'];
const READ = ['signature', 'signature-input', ...WHEN_SENT];
const PARAMETERS = ['created', 'nonce', 'keyid', 'tag'];
const NONCE = /^[\w-]{16,64}$/;
const KEY_ID = /^[\w.-]{1,64}$/;
const ANY_TIME_S = 1e12;
/** Longer ones are not worth their parsing. */
const MAX_HEADER = 2048;
/** The library trims each header in a time that grows with the square of such a run: 15 KiB take 90 ms. */
const MANY_SPACES = /[\t ]{32}/;

/** A request as it was received. */
export interface ReceivedMessage {
  method: string;
  /** Path and query. */
  target: string;
  host: string;
  /** Names and values, one after the other. */
  rawHeaders: string[];
}

/** What a well-formed signature says. Nothing is verified yet. */
export interface MessageClaim {
  keyid: string;
  /** Unix time in seconds. */
  created: number;
}

export type MessageVerdict =
  | { outcome: 'verified'; mac: string }
  | { outcome: 'malformed'; detail: string }
  | { outcome: 'mismatch'; base: string };

/**
 * Verifies a signature of RFC 9421 with HMAC-SHA256 (section 3.3.3), over exactly the components and parameters that
 * docs/signing.md names.
 * @param keysOf gets a well-formed claim, and gives the keys of the client. It may throw, for example for an old claim.
 */
export async function verifyMessage(
  { method, target, host, rawHeaders }: ReceivedMessage,
  keysOf: (claim: MessageClaim) => KeyObject[],
): Promise<MessageVerdict> {
  const fields = pairs(rawHeaders).filter(({ name }) => READ.includes(name));
  const count = (wanted: string) => fields.filter(({ name }) => name === wanted).length;
  for (const name of READ) {
    if (count(name) > 1) return malformed(`${name} is sent twice.`);
  }
  if (fields.some(({ name, value }) => name.startsWith('signature') && value.length > MAX_HEADER)) {
    return malformed('The signature headers are too long.');
  }
  if (fields.some(({ value }) => MANY_SPACES.test(value))) {
    return malformed('A signed header has 32 spaces in a row.');
  }
  const covered = [...ALWAYS, ...WHEN_SENT.filter(name => count(name) > 0)];
  let mac = '';
  let base = '';
  let refusal: unknown;

  /** What the resolver throws, the library would hide. */
  function resolve(candidate: UntrustedSignatureCandidate) {
    try {
      const keys = keysOf(claimIn(candidate, covered));
      return {
        algorithm: ALGORITHM,
        verify(data: Uint8Array, signature: Uint8Array): boolean {
          base = Buffer.from(data).toString();
          for (const key of keys) {
            const expected = createHmac('sha256', key).update(data).digest();
            if (signature.length !== expected.length || !timingSafeEqual(expected, signature)) continue;
            mac = expected.toString('hex');
            return true;
          }
          return false;
        },
      };
    } catch (error) {
      refusal = error;
      throw error;
    }
  }

  try {
    await verifySignature(
      { kind: 'request', method, targetUri: `http://${host}${target}`, fields },
      {
        policy: {
          algorithms: [ALGORITHM],
          requiredComponents: covered,
          requiredParameters: PARAMETERS,
          clockSkew: ANY_TIME_S, // the caller checks the time
        },
        resolveVerifier: resolve,
      },
    );
    return { outcome: 'verified', mac };
  } catch (error) {
    if (refusal instanceof MalformedError) return malformed(refusal.message);
    if (refusal) throw refusal;
    if (!isSignatureError(error)) throw error;
    return error.code === 'VerificationFailed'
      ? { outcome: 'mismatch', base }
      : malformed(`${error.message}.`);
  }
}

class MalformedError extends Error {}

const malformed = (detail: string) => ({ outcome: 'malformed', detail }) as const;

function pairs(rawHeaders: string[]) {
  const fields = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    fields.push({ name: rawHeaders[i]?.toLowerCase() ?? '', value: rawHeaders[i + 1] ?? '' });
  }
  return fields;
}

/** @throws {MalformedError} */
function claimIn(
  { label, components, parameters }: UntrustedSignatureCandidate,
  covered: string[],
): MessageClaim {
  const names = components.map(({ name }) => name);
  const isPlain = components.every(component => Object.keys(component.parameters).length === 0);
  const { created, nonce, keyid, tag, alg = ALGORITHM, ...others } = parameters;
  const missing = covered.filter(name => !names.includes(name));
  const check = (isRight: boolean, detail: string) => {
    if (!isRight) throw new MalformedError(detail);
  };
  check(label === SIGNATURE_LABEL, `The label must be ${SIGNATURE_LABEL}.`);
  check(missing.length === 0, `The signature must cover ${missing.join(', ')}.`);
  check(
    isPlain && names.length === covered.length,
    `The signature covers exactly ${covered.join(', ')} here.`,
  );
  check(Object.keys(others).length === 0, `The parameters are ${PARAMETERS.join(', ')} and alg.`);
  check(alg === ALGORITHM, `alg must be ${ALGORITHM}.`);
  check(tag === SIGNATURE_TAG, `tag must be ${SIGNATURE_TAG}.`);
  check(typeof nonce === 'string' && NONCE.test(nonce), 'nonce is 16 to 64 letters, digits and - _.');
  check(typeof keyid === 'string' && KEY_ID.test(keyid), 'keyid is the id of a client.');
  check(Number.isInteger(created) && Number(created) > 0, 'created is Unix time in seconds.');
  return { keyid: String(keyid), created: Number(created) };
}

/**
 * Whether a Content-Digest (RFC 9530) is that of these bytes: every digest in it is, with SHA-256 or SHA-512.
 * @returns null for a header that is not understood
 */
export function digestMatches(header: string, bytes: Buffer): boolean | null {
  if (header.length > MAX_HEADER) return null;
  const digests = header.split(',').map(part => /^sha-(256|512)=:([\w+/]+={0,2}):$/.exec(part.trim()));
  if (digests.some(digest => digest === null)) return null;
  return digests.every(digest => {
    const [, size = '', text = ''] = digest ?? [];
    const expected = createHash(`sha${size}`).update(bytes).digest();
    const given = Buffer.from(text, 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
