import { open } from 'node:fs/promises'
import type { Inventory } from '../../protocol/inventory.ts'
import type { SourceFiles } from './source-files.ts'

/**
 * TPM2_GetCapability(TPM_CAP_TPM_PROPERTIES, TPM_PT_MANUFACTURER, 1), TCG TPM 2.0 part 3 §30.2:
 * tag TPM_ST_NO_SESSIONS, size 22, code 17Ah, capability 6, property 105h, count 1.
 */
const askManufacturer = Buffer.from('8001000000160000017a000000060000010500000001', 'hex')

/** Four letters such as `INTC`, from the answer to the question above; null when it is another or an error. */
export function decodeManufacturer(answer: Uint8Array): string | null {
  const bytes = Buffer.from(answer)
  // header 10, moreData 1, capability 4, count 4, property 4, value 4
  if (bytes.length < 27 || bytes.readUInt32BE(6) !== 0 || bytes.readUInt32BE(19) !== 0x105) return null
  return lettersOf(bytes.subarray(23, 27))
}

/** From a TPM 1.2's `caps` file: `Manufacturer: 0x49465800`. */
export function decodeCaps(text: string): { version: string | null; manufacturer: string | null } {
  const id = /Manufacturer: 0x([0-9a-f]{8})/i.exec(text)?.[1]
  return {
    version: /TCG version: ([0-9.]+)/.exec(text)?.[1] ?? null,
    manufacturer: id === undefined ? null : lettersOf(Buffer.from(id, 'hex')),
  }
}

function lettersOf(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('latin1').replaceAll('\0', '').trim()
  return /^[\x20-\x7e]+$/.test(text) ? text : null
}

/** `ask` sends one command to the TPM and gives the answer; null when it cannot be reached. */
export async function readTpm(
  files: SourceFiles,
  ask: (command: Uint8Array) => Promise<Uint8Array | null>,
): Promise<Inventory['tpm']> {
  const folder = 'sys/class/tpm/tpm0'
  const [major, caps] = await Promise.all([
    files.text(`${folder}/tpm_version_major`),
    files.text(`${folder}/device/caps`).then((text) => text ?? files.text(`${folder}/caps`)),
  ])
  const old = decodeCaps(caps ?? '')
  if (major === '2') {
    const answer = await ask(askManufacturer)
    return { present: true, version: '2.0', manufacturer: answer === null ? null : decodeManufacturer(answer) }
  }
  if (major === null && caps === null) return { present: false, version: null, manufacturer: null }
  return { present: true, version: old.version ?? (major === '1' ? '1.2' : null), manufacturer: old.manufacturer }
}

/** Through the kernel's resource manager, so that nobody else's session is disturbed. */
export async function askTpmDevice(command: Uint8Array): Promise<Uint8Array | null> {
  try {
    await using device = await open('/dev/tpmrm0', 'r+')
    await device.write(command)
    const { buffer, bytesRead } = await device.read(Buffer.alloc(4096), 0, 4096, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    // No device, no permission, or a TPM that is asleep: the manufacturer stays unknown.
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
