import type { Mistake } from '../../text/yaml/problem.ts'
import { ipv4ToNumber, isIpv4, type AddressRange, type Ipv4 } from '../dhcp/addresses.ts'
import { settingMistake } from './errors.ts'

/** What a setting's text means, or why it means nothing. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; mistake: Mistake }
export type Parser<T> = (text: string) => Parsed<T>

export type Endpoint = { host: string; port: number }

function refuse(mistake: Mistake): { ok: false; mistake: Mistake } {
  return { ok: false, mistake }
}

/** Any text that is not empty. */
export const text: Parser<string> = (given) =>
  given === '' ? refuse(settingMistake('SETTING_EMPTY')) : { ok: true, value: given }

/** One of a few values. */
export function oneOf<const T extends string>(allowed: readonly T[]): Parser<T> {
  return (given) => {
    const value = allowed.find((candidate) => candidate === given)
    if (value !== undefined) return { ok: true, value }
    return refuse(settingMistake('SETTING_CHOICE', { given, allowed: allowed.join(', ') }))
  }
}

/** `0.0.0.0:8080`, `[::1]:8080` or `:8080`; port 0 takes any free one. */
export const endpoint: Parser<Endpoint> = (given) => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(given)
  const port = Number(match?.[3])
  if (!match || port > 65535) {
    return refuse(settingMistake('SETTING_ENDPOINT', { given }))
  }
  return { ok: true, value: { host: match[1] ?? (match[2] || '0.0.0.0'), port } }
}

/** An http(s) address without path; a slash at its end is dropped. */
export const url: Parser<string> = (given) => {
  if (!URL.canParse(given) || !/^https?:\/\/[^/]+\/?$/.test(given)) {
    return refuse(settingMistake('SETTING_URL', { given }))
  }
  return { ok: true, value: given.replace(/\/$/, '') }
}

/** Linux interface names: at most 15 bytes, no slash and no white space (net/core/dev.c, dev_valid_name). */
export const interfaceName: Parser<string> = (given) =>
  /^[^\s/:]{1,15}$/.test(given) ? { ok: true, value: given } : refuse(settingMistake('SETTING_INTERFACE', { given }))

export const ipv4: Parser<Ipv4> = (given) =>
  isIpv4(given) ? { ok: true, value: given } : refuse(settingMistake('SETTING_IPV4', { given }))

export const ipv4List: Parser<Ipv4[]> = (given) => {
  const addresses: Ipv4[] = []
  for (const part of given.split(/[\s,]+/)) {
    if (part === '') continue
    const address = ipv4(part)
    if (!address.ok) return address
    addresses.push(address.value)
  }
  return { ok: true, value: addresses }
}

/** `10.0.0.50-10.0.0.90`, at most 65,536 addresses. */
export const addressRange: Parser<AddressRange> = (given) => {
  const [first = '', last = '', ...rest] = given.split('-').map((part) => part.trim())
  if (!isIpv4(first) || !isIpv4(last) || rest.length > 0) {
    return refuse(settingMistake('SETTING_RANGE', { given }))
  }
  const size = ipv4ToNumber(last) - ipv4ToNumber(first)
  if (size < 0) return refuse(settingMistake('SETTING_RANGE_REVERSED', { given }))
  if (size > 0xffff) return refuse(settingMistake('SETTING_RANGE_LARGE', { given }))
  return { ok: true, value: { first, last } }
}

export const seconds: Parser<number> = (given) =>
  /^\d{1,8}$/.test(given) && Number(given) >= 60
    ? { ok: true, value: Number(given) }
    : refuse(settingMistake('SETTING_SECONDS', { given }))

/** RFC 2348 allows 8 to 65464; below 512, the block of a client that asks for nothing, a limit would bind nobody. */
export const blockSize: Parser<number> = (given) =>
  /^\d{1,5}$/.test(given) && Number(given) >= 512 && Number(given) <= 65464
    ? { ok: true, value: Number(given) }
    : refuse(settingMistake('SETTING_BLOCK_SIZE', { given }))

/** PostgreSQL only; without it the database is a file in the data folder. */
export const postgresUrl: Parser<string> = (given) =>
  /^postgres(ql)?:\/\//.test(given) && URL.canParse(given)
    ? { ok: true, value: given }
    : refuse(settingMistake('SETTING_POSTGRESQL'))

/** `auto` follows the interface, `off` never listens. */
export const tftpListen: Parser<Endpoint | 'auto' | 'off'> = (given) =>
  given === 'auto' || given === 'off' ? { ok: true, value: given } : endpoint(given)

export const password: Parser<string> = (given) =>
  given.length >= 8 ? { ok: true, value: given } : refuse(settingMistake('SETTING_PASSWORD_SHORT'))
