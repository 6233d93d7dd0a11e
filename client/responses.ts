// The API's responses, member for member.

export interface User {
  id: number;
  name: string;
  email: string;
  /** ISO 8601, UTC. */
  created_at: string;
  updated_at: string;
}

/** A new user. The id is null where the API hides which addresses are taken. */
export type RegisteredUser = Omit<User, 'id'> & { id: number | null };

export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  /** Present where refresh tokens are on and delivered in bodies. */
  refresh_token?: string;
  /** Seconds. */
  refresh_expires_in?: number;
  user: User;
  session: { id: string; expires_at: string };
  /** How many other sessions this login ended. */
  ended_sessions: number;
}

export interface TotpEnrolment {
  /** Base32, to type in. */
  secret: string;
  /** The contents of the QR code. */
  otpauth_uri: string;
  /** An SVG document. */
  qr_svg: string;
}

export interface SessionEntry {
  id: string;
  /** Whether it is the session of this request. */
  current: boolean;
  device_name: string | null;
  ip: string;
  user_agent: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
}

export interface SessionPage {
  /** The latest first. */
  sessions: SessionEntry[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

/** An identity at an OpenID Provider that logs in to the account. */
export interface IdentityEntry {
  id: number;
  /** The name in the API's settings. */
  provider: string;
  linked_at: string;
}

/** An event of the account or one of its sessions. */
export interface ActivityEvent {
  event: string;
  time: string;
  ip: string;
  user_agent: string;
  session_id?: string;
  reason?: string;
}

export interface ActivityPage {
  /** The newest first. */
  events: ActivityEvent[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}
