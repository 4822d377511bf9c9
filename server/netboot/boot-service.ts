import type { BootAnswer, BootRequest } from '../dhcp/boot.ts'
import type { Ipv4 } from '../dhcp/addresses.ts'
import type { DhcpEvent } from '../dhcp/events.ts'
import type { Register } from '../machines/register.ts'
import type { TftpEvent } from '../tftp/events.ts'
import { foldCase } from '../tftp/file-name.ts'
import type { AddressBook } from './addresses.ts'
import type { CardUsers } from './card-users.ts'
import type { BootDecided, BootPolicy } from './boot-policy.ts'
import { decideBootAnswer, shimFile } from './boot-request.ts'
import type { LoaderConnections } from './loader-connections.ts'
import type { BootProgress } from './boot-progress.ts'
import type { Requester } from './requester.ts'
import { dhcpMessage, tftpMessage } from './trace-messages.ts'

/** Between the network services, which know packets, and the rest of the server, which knows machines. */
export type BootService = {
  /** What a machine that asks DHCP boots. */
  bootFor(request: BootRequest): BootAnswer
  dhcpEvent(event: DhcpEvent): void
  tftpEvent(event: TftpEvent): void
  /** Any message of a DHCP client, before it is answered. */
  dhcpRequest(request: Pick<BootRequest, 'kind' | 'mac' | 'uuid'>): void
  /** What the machine that asks boots; null when it could not be found out in time. */
  intentOf(requester: Requester): Promise<BootDecided | null>
}

export type BootServiceDependencies = {
  register: Pick<Register, 'find'>
  policy: BootPolicy
  addresses: AddressBook
  cards: CardUsers
  progress: BootProgress
  connections: Pick<LoaderConnections, 'startedAnew'>
  /** Our address on the workshop's network. */
  serverAddress: Ipv4
  /** How long GRUB waits for the database at most; without an answer it starts the disk. */
  timeoutMs: number
  onError: (error: unknown, mac: string) => void
}

/** Decides for the network services, and records what they saw. */
export function createBootService(dependencies: BootServiceDependencies): BootService {
  const { register, policy, addresses, cards, progress, connections, onError } = dependencies

  async function decide(requester: Requester): Promise<BootDecided> {
    const machine = await register.find(requester)
    return { machine, intent: await policy.intentOf(machine) }
  }

  async function intentOf(requester: Requester): Promise<BootDecided | null> {
    const decided = decide(requester)
    const late = new Promise<null>((resolve) => setTimeout(resolve, dependencies.timeoutMs, null).unref())
    try {
      const intent = await Promise.race([decided, late])
      if (intent === null) decided.catch((error: unknown) => onError(error, requester.mac))
      return intent
    } catch (error) {
      onError(error, requester.mac)
      return null
    }
  }

  return {
    intentOf,
    dhcpRequest({ kind, mac, uuid }) {
      // Our environment sends no UUID: the firmware before it did. Firmware that sends none leaves its card unnamed.
      if (kind === 'environment') cards.seen(mac)
      else if (kind !== 'other') cards.noted(mac, uuid ?? null)
    },
    bootFor(request) {
      const { answer, reason, outcome } = decideBootAnswer(request, dependencies.serverAddress)
      if (answer.kind !== 'silent') addresses.learn(request.address, request.mac)
      // DHCP reports an offer once it is sent; the reason for silence is known only here.
      if (answer.kind === 'silent') {
        progress.record(cards.requesterOf(request.mac), { protocol: 'dhcp', text: reason, outcome }, 'dhcp')
      }
      return answer
    },
    dhcpEvent(event) {
      const entry = dhcpMessage(event)
      if (!entry || !('mac' in event) || event.mac === undefined) return
      if (event.type === 'malformed') cards.seen(event.mac)
      const fromFirmware = 'client' in event && (event.client === 'pxe' || event.client === 'http')
      progress.record(cards.requesterOf(event.mac), entry, fromFirmware ? 'dhcp' : undefined)
    },
    tftpEvent(event) {
      // The first that firmware loads. GRUB asks nothing of us before it.
      if (event.type === 'requested' && foldCase(event.file) === `/${shimFile}`)
        connections.startedAnew(event.client.address)
      const entry = tftpMessage(event)
      const mac = 'client' in event ? addresses.macOf(event.client.address) : null
      if (entry && mac) progress.record(cards.requesterOf(mac), entry, 'loader')
    },
  }
}
