import type { Inventory } from '../../protocol/inventory.ts'
import { meaningfulText } from './firmware-text.ts'

type Processor = Inventory['processor']

/** Model, cores and threads as the kernel counts them in /proc/cpuinfo. Never throws. */
export function readCpuInfo(text: string): Processor {
  const logical = text
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split('\n').map((line): [string, string] => splitLine(line))))
    .filter((fields) => fields.has('processor'))
  const cores = new Set(
    logical.map((fields, index) => `${fields.get('physical id') ?? 0}:${fields.get('core id') ?? index}`),
  )
  return {
    model: meaningfulText(logical[0]?.get('model name') ?? ''),
    cores: cores.size,
    threads: logical.length,
    maxMhz: null,
  }
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim()]
}

/**
 * The kernel knows the model by the processor's own word and the cores that are switched on; the highest clock is best
 * known to its frequency driver (`cpuinfo_max_freq`, kHz), else to SMBIOS.
 */
export function mergeProcessor(kernel: Processor, smbios: Processor | null, maxKhz: string | null): Processor {
  const measured = Math.round(Number(maxKhz ?? '') / 1000)
  return {
    model: kernel.model ?? smbios?.model ?? null,
    cores: kernel.cores || (smbios?.cores ?? 0),
    threads: kernel.threads || (smbios?.threads ?? 0),
    maxMhz: measured > 0 ? measured : (smbios?.maxMhz ?? null),
  }
}
