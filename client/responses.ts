// What the API answers, member for member.

export interface User {
  id: number;
  name: string;
  email: string;
  /** ISO 8601, UTC. */
  created_at: string;
  updated_at: string;
}

/** A user who has just registered; without an id where the API tells nobody which addresses are taken. */
export type RegisteredUser = Omit<User, 'id'> & { id: number | null };

export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  /** Where refresh tokens are on and travel in bodies. */
  refresh_token?: string;
  /** Seconds. */
  refresh_expires_in?: number;
  user: User;
  session: { id: string; expires_at: string };
  /** How many other sessions this ended. */
  ended_sessions: number;
}

export interface TotpEnrolment {
  /** Base32, for who cannot scan. */
  secret: string;
  /** What the QR code says. */
  otpauth_uri: string;
  /** An SVG document. */
  qr_svg: string;
}

export interface SessionEntry {
  id: string;
  /** Whether it is the one that asks. */
  current: boolean;
  device_name: string | null;
  ip: string;
  user_agent: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
}

/** Something that happened to the account or one of its sessions. */
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
