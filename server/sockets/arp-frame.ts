/*
 *  0  destination MAC (6)   6  source MAC (6)   12  0x0806          Ethernet II
 * 14  htype 1   16  ptype 0x0800   18  hlen 6   19  plen 4   20  operation: 1 request, 2 reply
 * 22  sender MAC (6)   28  sender IP (4)   32  target MAC (6)   38  target IP (4)         (RFC 826)
 */
const FRAME_BYTES = 42
export const ETHERTYPE_ARP = 0x0806
const ETHERTYPE_IPV4 = 0x0800
const ETHERNET = 1
const NOBODY = '0.0.0.0'
const EVERYBODY = 'ff:ff:ff:ff:ff:ff'

/** What an ARP frame says; addresses as text, MAC addresses in lower case with colons. */
export type ArpFrame = {
  readonly operation: 'request' | 'reply'
  readonly senderMac: string
  readonly senderAddress: string
  readonly targetAddress: string
}

/** Reads an Ethernet frame; undefined when it is not ARP for IPv4 over Ethernet, or cut short. */
export function decodeArpFrame(frame: Uint8Array): ArpFrame | undefined {
  if (frame.length < FRAME_BYTES) return undefined
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint16(12) !== ETHERTYPE_ARP || view.getUint16(14) !== ETHERNET) return undefined
  if (view.getUint16(16) !== ETHERTYPE_IPV4 || view.getUint16(18) !== 0x0604) return undefined
  const operation = view.getUint16(20)
  if (operation !== 1 && operation !== 2) return undefined
  return {
    operation: operation === 1 ? 'request' : 'reply',
    senderMac: formatMac(frame.subarray(22, 28)),
    senderAddress: frame.subarray(28, 32).join('.'),
    targetAddress: frame.subarray(38, 42).join('.'),
  }
}

/**
 * An ARP probe (RFC 5227 §2.1.1): a broadcast request whose sender has no address yet, so that it changes nobody's ARP
 * table.
 */
export function encodeArpProbe(ownMac: string, address: string): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES)
  const view = new DataView(frame.buffer)
  frame.set(macBytes(EVERYBODY), 0)
  frame.set(macBytes(ownMac), 6)
  view.setUint16(12, ETHERTYPE_ARP)
  view.setUint16(14, ETHERNET)
  view.setUint16(16, ETHERTYPE_IPV4)
  view.setUint16(18, 0x0604)
  view.setUint16(20, 1)
  frame.set(macBytes(ownMac), 22)
  frame.set(Uint8Array.from(address.split('.'), Number), 38)
  return frame
}

/**
 * Who has the address, by one received frame (RFC 5227 §2.1.1): somebody who sends ARP from it, or somebody else who probes
 * for it at this moment. Undefined when the frame says nothing about it.
 */
export function conflictingMac(frame: ArpFrame, address: string, ownMac: string): string | undefined {
  if (frame.senderMac === ownMac) return undefined
  if (frame.senderAddress === address) return frame.senderMac
  const probesForIt = frame.operation === 'request' && frame.senderAddress === NOBODY && frame.targetAddress === address
  return probesForIt ? frame.senderMac : undefined
}

function formatMac(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':')
}

function macBytes(mac: string): Uint8Array {
  return Uint8Array.from(mac.split(':'), (octet) => Number.parseInt(octet, 16))
}
