import { conflictingMac, decodeArpFrame, encodeArpProbe, ETHERTYPE_ARP } from './arp-frame.ts'
import { openPacketSocket, type PacketSocket } from './packet-socket.ts'

/** Whether somebody on the wire has an address. */
export type ProbeResult = { readonly kind: 'free' } | { readonly kind: 'taken'; readonly mac: string }

export type ArpProber = {
  /**
   * Asks the wire who has an IPv4 address and waits a fraction of a second. Any number of probes run at once.
   *
   * @param ignoring hardware addresses whose answers say nothing, because they answer for everybody.
   * @throws Error with `code`, for example ENETDOWN, when the interface cannot send.
   */
  probe(address: string, ignoring?: ReadonlySet<string>): Promise<ProbeResult>
  /** Ends running probes at once; they, and any asked for later, find nobody. */
  close(): void
}

export type ArpProberOptions = {
  readonly device: string
  /** MAC address of that interface, lower case with colons. */
  readonly mac: string
  /** How long an answer is waited for. Default 250; a host answers within a few milliseconds unless it is asleep. */
  readonly waitMs?: number
  /** Default opens a packet socket on the device. */
  readonly openSocket?: () => PacketSocket
}

const DEFAULT_WAIT_MS = 250
const POLL_MS = 10
/** A poll reads so many frames at most, so that a flood of ARP does not hold the process. */
const FRAMES_PER_POLL = 256

type Probe = {
  readonly address: string
  readonly ignoring: ReadonlySet<string>
  readonly giveUpAt: number
  repeatAt: number
  readonly settle: (result: ProbeResult) => void
  readonly fail: (error: unknown) => void
}

/**
 * ARP probes after RFC 5227 §2.1.1, two of them per address, shorter apart than a host must wait for its own address:
 * a DHCP client is waiting. The socket is open only while a probe runs, so it never gathers old frames; it is opened once
 * here, so that a missing right shows at the start.
 *
 * @throws Error with `code` EPERM or ENODEV.
 */
export function createArpProber(options: ArpProberOptions): ArpProber {
  const waitMs = options.waitMs ?? DEFAULT_WAIT_MS
  const open = options.openSocket ?? (() => openPacketSocket(options.device, ETHERTYPE_ARP))
  const probes = new Set<Probe>()
  let socket: PacketSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  open().close()

  function start(address: string): void {
    socket ??= open()
    timer ??= setInterval(poll, POLL_MS)
    socket.send(encodeArpProbe(options.mac, address))
  }

  function stopIfIdle(): void {
    if (probes.size > 0) return
    clearInterval(timer)
    socket?.close()
    timer = undefined
    socket = undefined
  }

  function poll(): void {
    if (!socket) return
    try {
      receiveFrames(socket, probes, options.mac)
      const now = performance.now()
      for (const probe of probes) advance(socket, probe, now)
    } catch (error) {
      for (const probe of probes) probe.fail(error)
    }
    stopIfIdle()
  }

  function advance(via: PacketSocket, probe: Probe, now: number): void {
    if (now >= probe.giveUpAt) return probe.settle({ kind: 'free' })
    if (now < probe.repeatAt) return
    probe.repeatAt = Number.POSITIVE_INFINITY
    via.send(encodeArpProbe(options.mac, probe.address))
  }

  return {
    probe(address, ignoring = new Set()) {
      if (closed) return Promise.resolve({ kind: 'free' })
      return new Promise((resolve, reject) => {
        const now = performance.now()
        const probe: Probe = {
          address,
          ignoring,
          giveUpAt: now + waitMs,
          repeatAt: now + waitMs / 2,
          settle: (result) => {
            probes.delete(probe)
            resolve(result)
          },
          fail: (error) => {
            probes.delete(probe)
            reject(error)
          },
        }
        probes.add(probe)
        try {
          start(address)
        } catch (error) {
          probe.fail(error)
          stopIfIdle()
        }
      })
    },
    close() {
      closed = true
      for (const probe of probes) probe.settle({ kind: 'free' })
      stopIfIdle()
    },
  }
}

function receiveFrames(socket: PacketSocket, probes: ReadonlySet<Probe>, ownMac: string): void {
  for (let count = 0; count < FRAMES_PER_POLL; count += 1) {
    const bytes = socket.receive()
    if (!bytes) return
    const frame = decodeArpFrame(bytes)
    if (!frame) continue
    for (const probe of probes) {
      const mac = conflictingMac(frame, probe.address, ownMac)
      if (mac !== undefined && !probe.ignoring.has(mac)) probe.settle({ kind: 'taken', mac })
    }
  }
}
