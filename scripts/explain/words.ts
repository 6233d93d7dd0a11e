import { escapeUnsafe } from '../../telemetry/logger.ts';

const LONGEST = 200;
const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;
const relative = new Intl.RelativeTimeFormat('en');

/** A text of someone else, in quotes, safe to print and not too long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return escapeUnsafe(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** A time in UTC and seen from now: `2026-03-01 10:00:00 UTC (5 minutes ago)`. Both in ms since 1970. */
export function timeText(ms: number, now: number): string {
  const seconds = (ms - now) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  const utc = new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  return `${utc} UTC (${relative.format(Math.trunc(seconds / size), unit)})`;
}
