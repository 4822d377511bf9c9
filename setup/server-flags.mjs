/**
 * How V8 is to keep house in a server that mostly waits. 8 MB for what is short-lived, and not the 64 MB it would grow to;
 * and the rest collected once it has grown by a fifth: left to itself V8 waits for much more, and a flood of large requests,
 * of which nothing is kept, leaves the process with some 180 MB it never gives back (tests/interop/flood.test.ts).
 */
export const serverFlags = ['--max-semi-space-size=8', '--heap-growing-percent=20']
