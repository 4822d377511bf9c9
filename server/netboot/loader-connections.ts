import type { Socket } from 'node:net'

/**
 * The connections of GRUBs. GRUB numbers its own from port 21550 at each start, leaves them as they are when it hands over
 * to a kernel or to the disk (grub-core/net/tcp.c), and is gone when the plug is pulled. As long as our end is there, the
 * next start of that PC, or of another with its address, behind the same dock, finds the port taken: our kernel answers its
 * SYN with an acknowledgement (RFC 9293 §3.10.7.4), which GRUB does not answer with a reset as it should. It gives up after
 * 19 s, for each port. So nothing of a GRUB's connection outlives GRUB here.
 */
export type LoaderConnections = {
  /** GRUB asks for something on this connection. */
  carried(socket: Socket): void
  /** A PC with this address starts anew: of what it had before, it knows nothing. */
  startedAnew(address: string): void
}

export function createLoaderConnections(): LoaderConnections {
  const held = new Map<string, Set<Socket>>()
  return {
    carried(socket) {
      const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
      const sockets = held.get(address) ?? new Set()
      if (sockets.has(socket)) return
      held.set(address, sockets.add(socket))
      // Before the HTTP server's own listeners, which would close in order: an end that nobody acknowledges is kept for minutes.
      const reset = (): void => void socket.resetAndDestroy()
      socket.prependListener('end', reset)
      socket.prependListener('timeout', reset)
      socket.once('close', () => {
        sockets.delete(socket)
        if (sockets.size === 0 && held.get(address) === sockets) held.delete(address)
      })
    },
    startedAnew(address) {
      for (const socket of held.get(address) ?? []) socket.resetAndDestroy()
    },
  }
}

/** Whether a request is GRUB's, by its `User-Agent`: `GRUB 2.12-9+deb13u4`. */
export function isLoader(userAgent: string | undefined): boolean {
  return userAgent?.startsWith('GRUB') === true
}
