import type { OptionKind } from './kind.ts'

/**
 * User classes (RFC 3004: option 77), each one with its length before it. iPXE and old dhclient send the bare text instead:
 * what is not a list is read as one class.
 */
export const userClass: OptionKind<readonly string[]> = {
  decode: (data) => {
    if (data.length === 0) return undefined
    return readList(data) ?? [Buffer.from(data).toString('latin1')]
  },
  encode: (classes) =>
    Uint8Array.from(
      classes.flatMap((name) => [Math.min(name.length, 255), ...Buffer.from(name.slice(0, 255), 'latin1')]),
    ),
}

function readList(data: Uint8Array): string[] | undefined {
  const classes: string[] = []
  let at = 0
  while (at < data.length) {
    const length = data[at] ?? 0
    if (length === 0 || at + 1 + length > data.length) return undefined
    classes.push(Buffer.from(data.subarray(at + 1, at + 1 + length)).toString('latin1'))
    at += 1 + length
  }
  return classes
}
