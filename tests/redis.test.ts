import { describe, expect, it } from 'vitest';
import { createLogger } from '../config/logger.ts';
import { singleTarget } from '../config/redis.target.ts';
import { openRedis } from '../config/redis.ts';
import { startRedis } from '../scripts/engines/redis.ts';
import { hasBinaries } from '../scripts/engines.ts';

describe.skipIf(!hasBinaries() && !process.env.CI)('durabilityWarnings', () => {
  it.each([
    ['nothing of a server that keeps what it acknowledged', [], []],
    ['of eviction', ['--maxmemory-policy', 'allkeys-lru'], [/evicts keys \(maxmemory-policy allkeys-lru\)/]],
    ['of a missing append-only file', ['--appendonly', 'no'], [/no append-only file/]],
  ])('tells %s', async (_, args, expected) => {
    const engine = await startRedis({ args });
    const redis = openRedis(singleTarget(engine.url), 5000, createLogger('silent'));
    try {
      const warnings = await redis.durabilityWarnings();
      expect(warnings).toEqual(expected.map(text => expect.stringMatching(text)));
    } finally {
      await redis.close();
      await engine.stop();
    }
  });
});
