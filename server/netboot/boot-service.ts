import type { BootAnswer, BootRequest } from '../dhcp/boot.ts'
import type { Ipv4 } from '../dhcp/addresses.ts'
import type { DhcpEvent } from '../dhcp/events.ts'
import type { Register } from '../machines/register.ts'
import type { TftpEvent } from '../tftp/events.ts'
import type { AddressBook } from './addresses.ts'
import type { BootPolicy } from './boot-policy.ts'
import { decideBootAnswer } from './boot-request.ts'
import type { BootIntent } from './intent.ts'
import type { BootProgress } from './boot-progress.ts'
import { dhcpMessage, tftpMessage } from './trace-messages.ts'

/** Between the network services, which know packets, and the rest of the server, which knows machines. */
export type BootService = {
  /** What a machine that asks DHCP boots. */
  bootFor(request: BootRequest): BootAnswer
  dhcpEvent(event: DhcpEvent): void
  tftpEvent(event: TftpEvent): void
  /** What the machine with this network card boots; null when it could not be found out in time. */
  intentOf(by: { uuid: string | null; mac: string }): Promise<BootIntent | null>
}

export type BootServiceDependencies = {
  register: Pick<Register, 'find'>
  policy: BootPolicy
  addresses: AddressBook
  progress: BootProgress
  /** Our address on the workshop's network. */
  serverAddress: Ipv4
  /** How long GRUB waits for the database at most; without an answer it starts the disk. */
  timeoutMs: number
  onError: (error: unknown, mac: string) => void
}

/** Decides for the network services, and records what they saw. */
export function createBootService(dependencies: BootServiceDependencies): BootService {
  const { register, policy, addresses, progress, onError } = dependencies

  async function intentOf(by: { uuid: string | null; mac: string }): Promise<BootIntent | null> {
    const decided = register.find(by).then((machine) => policy.intentOf(machine))
    const late = new Promise<null>((resolve) => setTimeout(resolve, dependencies.timeoutMs, null).unref())
    try {
      const intent = await Promise.race([decided, late])
      if (intent === null) decided.catch((error: unknown) => onError(error, by.mac))
      return intent
    } catch (error) {
      onError(error, by.mac)
      return null
    }
  }

  return {
    intentOf,
    bootFor(request) {
      addresses.learn(request.address, request.mac)
      const { answer, reason, outcome } = decideBootAnswer(request, dependencies.serverAddress)
      // DHCP reports an offer once it is sent; the reason for silence is known only here.
      if (answer.kind === 'silent') progress.record(request.mac, { protocol: 'dhcp', text: reason, outcome }, 'dhcp')
      return answer
    },
    dhcpEvent(event) {
      const entry = dhcpMessage(event)
      if (!entry || !('mac' in event) || event.mac === undefined) return
      const fromFirmware = 'client' in event && (event.client === 'pxe' || event.client === 'http')
      progress.record(event.mac, entry, fromFirmware ? 'dhcp' : undefined)
    },
    tftpEvent(event) {
      const entry = tftpMessage(event)
      const mac = 'client' in event ? addresses.macOf(event.client.address) : null
      if (entry && mac) progress.record(mac, entry, 'loader')
    },
  }
}
