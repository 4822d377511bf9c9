import type { OptionKind } from './kind.ts'

/**
 * Text, one byte a character so that nothing is lost (RFC 2132: options 12, 15, 17, 56, 60).
 * Trailing NULs are taken off, as RFC 2132 §2 asks of every receiver.
 */
export const text: OptionKind<string> = {
  decode: (data) => {
    const value = Buffer.from(data).toString('latin1').replace(/\0+$/, '')
    return value === '' ? undefined : value
  },
  encode: (value) => Uint8Array.from(Buffer.from(value, 'latin1')),
}

/**
 * Text written with a NUL at its end (options 66, 67). Some firmware takes the byte behind the option, 0xFF, for a part
 * of the file name when option 67 is the last (netboot.xyz issue 1198); C readers need the NUL anyway.
 */
export const terminatedText: OptionKind<string> = {
  decode: text.decode,
  encode: (value) => Uint8Array.from(Buffer.from(`${value}\0`, 'latin1')),
}
