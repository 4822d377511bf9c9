import { parse } from 'node:path/win32'

/** A shortcut for all users. `place`: the desktop by default. */
export type WantedShortcut = {
  name: string
  /** A program's path, or a web address. */
  target: string
  arguments?: string
  icon?: string
  place?: 'desktop' | 'start-menu'
}

/** A shortcut as it lies in a folder. */
export type FoundShortcut = { file: string; target: string; arguments: string }

/** Whether a target is for the browser; everything else is a path, and has to exist. */
export function isAddress(target: string): boolean {
  return /^https?:\/\//i.test(target)
}

/** A character of an address that a line of the file must not have, in the form addresses have for it. */
const unsafe = /[^\x21-\x7e]/g

/** An Internet shortcut's bytes: an INI file, in the ANSI code page, which is Latin-1 where it matters here. */
export function addressFile({ target, icon }: WantedShortcut): Uint8Array {
  const address = target.replace(unsafe, (character) => encodeURIComponent(character))
  const lines = ['[InternetShortcut]', `URL=${address}`]
  if (icon !== undefined) lines.push(`IconFile=${icon.replace(/[\r\n]/g, '')}`, 'IconIndex=0')
  return Buffer.from([...lines, ''].join('\r\n'), 'latin1')
}

/** Where MSI keeps the icons that its "advertised" shortcuts show, which is all that can be read of their target. */
const advertised = /\\installer\\\{[0-9a-f-]{36}\}\\/i

/**
 * Whether a shortcut leads where ours leads, so that two icons would stand for one program: an installer's own beside
 * the one that was asked for. Pure.
 */
export function isTwin(ours: FoundShortcut, other: FoundShortcut): boolean {
  if (same(ours.file, other.file)) return false
  if (same(ours.target, other.target)) return ours.arguments.trim() === other.arguments.trim()
  return advertised.test(other.target) && beginAlike(nameOf(ours.file), nameOf(other.file))
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
const nameOf = (file: string): string => parse(file).name.toLowerCase()

/** `TeamViewer` and `TeamViewer Host`, but not `Word` and `WordPad`. */
function beginAlike(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `)
}
