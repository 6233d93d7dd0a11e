import { isIP, SocketAddress } from 'node:net';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { RateLimiter } from '../models/limits/rateLimit.model.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Limits the changing requests of an address, before anything else is checked. `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers-10) show the state. Refuses with `rate_limited`, or with `store_unavailable`
 * when it cannot count.
 */
export function rateLimit(limiter: RateLimiter): RequestHandler {
  const limitAll = rateLimitAll(limiter);
  return function rateLimit(req, res, next) {
    if (READING.has(req.method)) return next();
    return limitAll(req, res, next);
  };
}

/** As {@link rateLimit}, for requests with every method. */
export function rateLimitAll(limiter: RateLimiter): RequestHandler {
  const { requests, window } = limiter.limit;
  const policy = `"auth";q=${requests};w=${window}`;
  return async function rateLimitAll(req, res, next) {
    const { allowed, remaining, msLeft } = await limiter.consume(addressBlock(req.ip));
    const seconds = Math.max(1, Math.ceil(msLeft / 1000));
    res.setHeader('RateLimit-Policy', policy);
    res.setHeader('RateLimit', `"auth";r=${remaining};t=${seconds}`);
    if (!allowed) throw new ApiError('rate_limited', { retryAfterSeconds: seconds });
    next();
  };
}

/**
 * The unit that is counted: an IPv4 address (also one mapped into IPv6), or the /64 network of an IPv6 address,
 * because a client can choose any address in it. Everything that is no address counts as one client.
 */
export function addressBlock(ip = ''): string {
  const [address = ''] = ip.split('%', 1);
  if (isIP(address) === 4) return address;
  if (isIP(address) === 0) return 'unknown';
  const plain = new SocketAddress({ address, family: 'ipv6' }).address;
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain) ?? [];
  if (mapped) return mapped;
  const [head = [], tail = []] = plain.split('::').map(part => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
