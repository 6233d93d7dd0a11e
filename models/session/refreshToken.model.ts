import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The contents of a refresh token. For clients it is opaque: base64url of user id (6 bytes) | session id (16) | end
 * of the session's life in ms (6) | secret (32) | tag (12).
 */
export interface RefreshToken {
  userId: number;
  sessionId: string;
  /** The end of the session's life, ms since 1970. */
  sessionEndsAt: number;
  /** SHA-256 of the token in hex. Only this is stored. */
  hash: string;
  /** The token itself. */
  text: string;
}

const BYTES = 72;
const TAG_AT = 60;
const SECRET_AT = 28;
/** The form of every refresh token, also of those that others made. */
export const REFRESH_TOKEN_FORM = new RegExp(`^[\\w-]{${(BYTES * 4) / 3}}$`);

export type RefreshTokenModel = ReturnType<typeof createRefreshTokenModel>;

/**
 * Makes and reads refresh tokens. The tag tells a spent token of ours from an invented one, without a list of spent
 * tokens.
 * @param secret what both keys are derived from (HKDF, RFC 5869)
 */
export function createRefreshTokenModel(secret: string) {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const tagKey = derive('refresh token tag');
  const successorKey = derive('refresh token successor');

  function build(head: Buffer, tokenSecret: Buffer): RefreshToken {
    const body = Buffer.concat([head, tokenSecret]);
    return fromBytes(Buffer.concat([body, tagOf(body)]));
  }

  function tagOf(body: Buffer): Buffer {
    return createHmac('sha256', tagKey)
      .update(body)
      .digest()
      .subarray(0, BYTES - TAG_AT);
  }

  return {
    /** The first token of a session: 256 random bits. */
    create(userId: number, sessionId: string, sessionEndsAt: number): RefreshToken {
      const head = Buffer.alloc(SECRET_AT);
      head.writeUIntBE(userId, 0, 6);
      head.write(sessionId.replaceAll('-', ''), 6, 'hex');
      head.writeUIntBE(sessionEndsAt, 22, 6);
      return build(head, randomBytes(TAG_AT - SECRET_AT));
    },

    /**
     * The next token. It is derived from this one and a key, so there is only one, and nobody else can compute it.
     */
    successor({ text }: RefreshToken): RefreshToken {
      const bytes = Buffer.from(text, 'base64url');
      return build(bytes.subarray(0, SECRET_AT), createHmac('sha256', successorKey).update(bytes).digest());
    },

    /** Reads a token; null when it is not ours. */
    parse(text: string): RefreshToken | null {
      if (!REFRESH_TOKEN_FORM.test(text)) return null;
      const bytes = Buffer.from(text, 'base64url');
      return timingSafeEqual(bytes.subarray(TAG_AT), tagOf(bytes.subarray(0, TAG_AT)))
        ? fromBytes(bytes)
        : null;
    },
  };
}

function fromBytes(bytes: Buffer): RefreshToken {
  const id = bytes.toString('hex', 6, 22);
  const text = bytes.toString('base64url');
  return {
    userId: bytes.readUIntBE(0, 6),
    sessionId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    sessionEndsAt: bytes.readUIntBE(22, 6),
    hash: createHash('sha256').update(text).digest('hex'),
    text,
  };
}
