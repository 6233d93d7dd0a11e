import { describe, expect, it } from 'vitest';
import { startRedis } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { openRedis } from '../../../stores/redis/redis.ts';
import { singleTarget } from '../../../stores/redis/target.ts';
import { createLogger } from '../../../telemetry/logger.ts';

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
