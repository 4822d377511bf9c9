/**
 * How an option was written against the rules and still understood. Firmware sends the same option twice (which RFC 3396
 * would have us join to one of twice the length), sends it empty, or longer than it may be. As dnsmasq does, the first
 * value counts and an empty option is no option.
 */
export type Oddity = {
  readonly option: number
  /** `unreadable`: its bytes mean nothing, and the machine is served as if they were not there. */
  readonly what: 'repeated' | 'empty' | 'too-long' | 'unreadable'
}

/** The data of one option as it is to be read, and what is odd about it. */
export type OptionData = { readonly data: Uint8Array; readonly what?: Oddity['what'] }

/** A field that is full may go on in the next one (RFC 3396 §5); what comes twice in shorter ones is a repetition. */
const FULL_FIELD = 255

/**
 * Takes the fields of one option together.
 *
 * @param bytes how long its data is where that is fixed.
 */
export function optionData(parts: readonly Uint8Array[], bytes: number | undefined): OptionData {
  const filled = parts.filter((part) => part.length > 0)
  const [first] = filled
  if (!first) return { data: new Uint8Array(), what: 'empty' }
  const joined = Uint8Array.from(Buffer.concat(filled))
  if (bytes !== undefined && joined.length > bytes) {
    const whole = filled.find((part) => part.length === bytes) ?? joined.subarray(0, bytes)
    return { data: Uint8Array.from(whole), what: filled.length > 1 ? 'repeated' : 'too-long' }
  }
  if (filled.length > 1 && first.length < FULL_FIELD && filled.every((part) => isSame(part, first))) {
    return { data: Uint8Array.from(first), what: 'repeated' }
  }
  return { data: joined }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
