import type { Sentence } from '../../text/sentence.ts'
import { ipv4ToNumber, isIpv4, type AddressRange, type Ipv4 } from '../dhcp/addresses.ts'

/** What a setting's text means, or why it means nothing. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; message: Sentence }
export type Parser<T> = (text: string) => Parsed<T>

export type Endpoint = { host: string; port: number }

function refuse(fr: string, en: string): { ok: false; message: Sentence } {
  return { ok: false, message: { fr, en } }
}

/** Any text that is not empty. */
export const text: Parser<string> = (given) =>
  given === '' ? refuse('valeur vide', 'empty value') : { ok: true, value: given }

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): Parser<T> {
  return (given) => {
    const word = words.find((candidate) => candidate === given)
    if (word !== undefined) return { ok: true, value: word }
    return refuse(
      `« ${given} » n’est pas possible ; choisir parmi ${words.join(', ')}`,
      `"${given}" is not possible; choose one of ${words.join(', ')}`,
    )
  }
}

/** `0.0.0.0:8080`, `[::1]:8080` or `:8080`; port 0 takes any free one. */
export const endpoint: Parser<Endpoint> = (given) => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(given)
  const port = Number(match?.[3])
  if (!match || port > 65535) {
    return refuse(
      `« ${given} » n’est pas une adresse et un port, par exemple 0.0.0.0:8080`,
      `"${given}" is not an address and a port, for example 0.0.0.0:8080`,
    )
  }
  return { ok: true, value: { host: match[1] ?? (match[2] || '0.0.0.0'), port } }
}

/** An http(s) address without path; a slash at its end is dropped. */
export const url: Parser<string> = (given) => {
  if (!URL.canParse(given) || !/^https?:\/\/[^/]+\/?$/.test(given)) {
    return refuse(
      `« ${given} » n’est pas une adresse comme http://10.0.0.2:8080`,
      `"${given}" is not an address like http://10.0.0.2:8080`,
    )
  }
  return { ok: true, value: given.replace(/\/$/, '') }
}

/** Linux interface names: at most 15 bytes, no slash and no white space (net/core/dev.c, dev_valid_name). */
export const interfaceName: Parser<string> = (given) =>
  /^[^\s/:]{1,15}$/.test(given)
    ? { ok: true, value: given }
    : refuse(`« ${given} » n’est pas un nom d’interface réseau`, `"${given}" is not a network interface name`)

export const ipv4: Parser<Ipv4> = (given) =>
  isIpv4(given)
    ? { ok: true, value: given }
    : refuse(`« ${given} » n’est pas une adresse IPv4`, `"${given}" is not an IPv4 address`)

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
    return refuse(
      `« ${given} » n’est pas une plage comme 10.0.0.50-10.0.0.90`,
      `"${given}" is not a range like 10.0.0.50-10.0.0.90`,
    )
  }
  const size = ipv4ToNumber(last) - ipv4ToNumber(first)
  if (size < 0) return refuse(`la plage ${given} finit avant de commencer`, `range ${given} ends before it begins`)
  if (size > 0xffff) return refuse(`la plage ${given} est trop grande`, `range ${given} is too large`)
  return { ok: true, value: { first, last } }
}

export const seconds: Parser<number> = (given) =>
  /^\d{1,8}$/.test(given) && Number(given) >= 60
    ? { ok: true, value: Number(given) }
    : refuse(
        `« ${given} » n’est pas un nombre de secondes d’au moins 60`,
        `"${given}" is not a number of seconds, at least 60`,
      )

/** PostgreSQL only; without it the database is a file in the data folder. */
export const postgresUrl: Parser<string> = (given) =>
  /^postgres(ql)?:\/\//.test(given) && URL.canParse(given)
    ? { ok: true, value: given }
    : refuse('seule une adresse postgres://… est possible', 'only a postgres://… address is possible')

/** `auto` follows the interface, `off` never listens. */
export const tftpListen: Parser<Endpoint | 'auto' | 'off'> = (given) =>
  given === 'auto' || given === 'off' ? { ok: true, value: given } : endpoint(given)

export const password: Parser<string> = (given) =>
  given.length >= 8
    ? { ok: true, value: given }
    : refuse('le mot de passe doit avoir au moins 8 caractères', 'the password needs at least 8 characters')
