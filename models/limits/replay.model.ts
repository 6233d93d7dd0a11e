/** Records which signatures were used. */
export interface ReplayStore {
  /**
   * Records a signature at its first use.
   * @param signature hex
   * @param ttlMs how long it could still be replayed
   * @returns false when it was recorded before
   * @throws {StoreError}
   */
  record(signature: string, ttlMs: number): Promise<boolean>;
}
