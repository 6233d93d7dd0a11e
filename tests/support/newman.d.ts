/** As much of newman's Node interface as the tests use; the package brings no types. */
declare module 'newman' {
  export interface RunOptions {
    /** A path, or the collection itself. */
    collection: string | object;
    /** A path, or the environment itself. */
    environment?: string | object;
    /** Variables of the environment; they win over those of `environment`. */
    envVar?: { key: string; value: string }[];
    /** Runs this folder alone. */
    folder?: string;
    iterationCount?: number;
  }

  export interface Execution {
    item: { name: string };
    /** As it was sent. */
    request: {
      method: string;
      url: { getPath(): string };
      body?: { raw?: string };
      headers: { get(name: string): string | undefined };
    };
    /** Absent when none came. */
    response?: { code: number; json(): unknown };
    /** Absent when the request has no tests. */
    assertions?: { assertion: string }[];
  }

  export interface Summary {
    run: {
      stats: Record<'requests' | 'assertions', { total: number; pending: number; failed: number }>;
      failures: { error: { test?: string; message: string }; source?: { name: string } }[];
      executions: Execution[];
    };
  }

  const newman: {
    run(options: RunOptions, done: (error: Error | null, summary: Summary) => void): NodeJS.EventEmitter;
  };
  export default newman;
}
