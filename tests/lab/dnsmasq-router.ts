import { once } from 'node:events'
import { join } from 'node:path'
import { openLineLog } from './line-log.ts'
import type { LineLog } from './line-log.ts'
import type { LabHost } from './network.ts'

export type DnsmasqOptions = {
  /** `10.77.0.100,10.77.0.150`. */
  range: string
  leaseTime?: string
  /** More of dnsmasq's own options, `--dhcp-boot=...` and the like. */
  extra?: readonly string[]
  /** The interface it listens on; `wire` unless told. */
  interface?: string
}

/**
 * Somebody else's DHCP server on the wire, as a router would be. It answers everybody, knows nothing of network boot unless told,
 * and ends with the network. `log` has its DHCP conversations.
 */
export async function startDnsmasq(
  host: LabHost,
  folder: string,
  options: DnsmasqOptions,
): Promise<{ log: LineLog; stop(): Promise<void> }> {
  const program = host.spawn(
    'dnsmasq',
    [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--port=0', '--log-facility=-', '--log-dhcp', '--user=root'],
      ...[
        '--bind-interfaces',
        `--interface=${options.interface ?? 'wire'}`,
        '--except-interface=lo',
        '--dhcp-authoritative',
      ],
      ...[
        `--dhcp-range=${options.range},${options.leaseTime ?? '1h'}`,
        `--dhcp-leasefile=${join(folder, `${host.namespace}.leases`)}`,
      ],
      ...['--pid-file', '--no-ping', ...(options.extra ?? [])],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  if (!program.stderr) throw new Error('unreachable: stderr is a pipe')
  const log = openLineLog(program.stderr, join(folder, `${host.namespace}-dnsmasq.log`))
  await log.waitFor(/DHCP, IP range/, 5000)
  return {
    log,
    async stop() {
      if (program.exitCode !== null || program.signalCode !== null) return
      const gone = once(program, 'close')
      program.kill('SIGTERM')
      await gone
    },
  }
}
