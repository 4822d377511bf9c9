/** Stops this thread. Only for what already waits for other programs in one go, as `execFileSync` does. */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
