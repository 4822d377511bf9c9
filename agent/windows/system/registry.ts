/** One value as `reg.exe query` prints it: its data as text, `0x1` for numbers. */
export type RegistryValue = { name: string; type: string; data: string }

/** Four blanks before and between name, type and data, whatever the language of Windows; a name may hold blanks itself. */
const valueLine = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/

/**
 * Reads what `reg.exe query` prints, a value a line. The words around it change with the language of Windows, names and
 * types do not. Lines of other shapes are passed over.
 */
export function parseRegistryValues(output: string): RegistryValue[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const match = valueLine.exec(line)
    return match ? [{ name: match[1] ?? '', type: match[2] ?? '', data: match[3] ?? '' }] : []
  })
}

/** The value of this name, whatever its case: Windows keeps case and ignores it. */
export function valueNamed(values: readonly RegistryValue[], name: string): RegistryValue | null {
  return values.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null
}

/** A number, or null when the value holds none: REG_DWORD and REG_QWORD are printed as `0x…`, unsigned. */
export function registryNumber({ type, data }: RegistryValue): bigint | null {
  const digits = /^0x([0-9a-f]{1,16})\s*$/i.exec(data)?.[1]
  return (type === 'REG_DWORD' || type === 'REG_QWORD') && digits !== undefined ? BigInt(`0x${digits}`) : null
}

/** The data as a person reads it: numbers in decimal. */
export function registryText(value: RegistryValue): string {
  return registryNumber(value)?.toString() ?? value.data
}
