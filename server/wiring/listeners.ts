import type { Logger } from 'pino'
import type { Config } from '../configuration/read.ts'
import { listen as listenDhcp, type DhcpListener } from '../dhcp/listener.ts'
import type { DhcpEvent } from '../dhcp/events.ts'
import type { BootService } from '../netboot/boot-service.ts'
import type { Store } from '../store/store.ts'
import { DEFAULT_TFTP_CONFIG, listen as listenTftp, type TftpServer } from '../tftp/server.ts'
import type { TftpEvent } from '../tftp/events.ts'
import type { Opener } from '../tftp/opener.ts'

/** The sockets of network boot; null for one that is off. */
export type Listeners = { dhcp: DhcpListener | null; tftp: TftpServer | null }

/**
 * Opens TFTP, then DHCP: nobody is told of files that are not served yet.
 *
 * @param opened closes them in reverse.
 * @throws TftpStartError, DhcpError.
 */
export async function openListeners(
  config: Config,
  opened: AsyncDisposableStack,
  services: { bootService: BootService; files: Opener; address: string; store: Pick<Store, 'leases'>; log: Logger },
): Promise<Listeners> {
  const { bootService, files, address, store, log } = services
  const tftp = await openTftp(config, { bootService, files, address, log })
  if (tftp) opened.defer(() => tftp.close())
  if (config['dhcp.mode'] === 'off' || config.interface === null) return { dhcp: null, tftp }
  const range = config['dhcp.range']
  const router = config['dhcp.router']
  const dns = config['dhcp.dns']
  const leaseSeconds = config['dhcp.leaseSeconds']
  const dhcp = await listenDhcp(
    {
      mode: config['dhcp.mode'],
      interface: config.interface,
      ...(range === null ? {} : { range }),
      ...(router === null ? {} : { routers: [router] }),
      ...(dns.length === 0 ? {} : { domainNameServers: dns }),
      ...(leaseSeconds === null ? {} : { leaseSeconds }),
    },
    {
      store: store.leases,
      bootFor: (request) => bootService.bootFor(request),
      onRequest: (sender) => bootService.dhcpRequest(sender),
      onEvent(event) {
        logDhcp(log, event)
        bootService.dhcpEvent(event)
      },
    },
  )
  opened.defer(() => dhcp.close())
  return { dhcp, tftp }
}

async function openTftp(
  config: Config,
  { bootService, files, address, log }: { bootService: BootService; files: Opener; address: string; log: Logger },
): Promise<TftpServer | null> {
  const wanted = config['tftp.listen']
  if (wanted === 'off' || (wanted === 'auto' && config.interface === null)) return null
  const place = wanted === 'auto' ? { host: address, port: 69 } : wanted
  return listenTftp(
    {
      ...DEFAULT_TFTP_CONFIG,
      addresses: [place.host],
      port: place.port,
      limits: { ...DEFAULT_TFTP_CONFIG.limits, maxBlockBytes: config['tftp.maxBlockSize'] },
      ...(config.interface === null ? {} : { device: config.interface }),
    },
    {
      open: files,
      onEvent(event) {
        logTftp(log, event)
        bootService.tftpEvent(event)
      },
    },
  )
}

/** One line an event; what is of no interest to an operator only at level debug. */
function logDhcp(log: Logger, event: DhcpEvent): void {
  const { type, ...fields } = event
  if (event.type === 'failed') log.error({ ...fields, err: event.error }, `dhcp ${type}`)
  else if (event.type === 'proxy-arp') log.warn(fields, `dhcp ${type}`)
  else if (event.type === 'ignored' || event.type === 'malformed') log.debug(fields, `dhcp ${type}`)
  else log.info(fields, `dhcp ${type}`)
}

function logTftp(log: Logger, event: TftpEvent): void {
  const { type, ...fields } = event
  if (type === 'completed' || type === 'segments-too-long') log.info(fields, `tftp ${type}`)
  else if (type === 'failed' || type === 'socket-error') log.warn(fields, `tftp ${type}`)
  else log.debug(fields, `tftp ${type}`)
}
