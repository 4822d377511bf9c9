/** A store that can do several writings as one. */
export type Transactions<Parts> = {
  /**
   * Does the work whole or not at all. Inside, only the parts given may be used: the store's own would wait for the
   * transaction's end. When it has answered, the facts survive a power cut.
   */
  transaction<Result>(work: (parts: Parts) => Promise<Result>): Promise<Result>
}
