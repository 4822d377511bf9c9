import { parsePinnedServer, type PinnedServer, type ServerProblem } from '../protocol/pinned-server.ts'

/** Whether the kernel was started by our server: then this machine runs the boot environment and nothing else. */
export function isBootEnvironment(kernelCommandLine: string): boolean {
  return kernelCommandLine.split(/\s+/).some((word) => word.startsWith('etabli.tls='))
}

/**
 * The server, `etabli.tls=https://10.0.0.1:8443` and `etabli.pin=sha256//…` on the kernel command line; what stands there
 * not at all comes from the environment, for an agent that is started by hand.
 */
export function serverFrom(
  kernelCommandLine: string,
  environment: { address: string | undefined; pin: string | undefined },
): ({ kind: 'valid' } & PinnedServer) | ServerProblem {
  const words = kernelCommandLine.split(/\s+/)
  // Later words win, as with the kernel's own.
  const valueOf = (name: string): string | undefined =>
    words.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
  const address = valueOf('etabli.tls') ?? environment.address ?? ''
  return parsePinnedServer(address, valueOf('etabli.pin') ?? environment.pin ?? '')
}
