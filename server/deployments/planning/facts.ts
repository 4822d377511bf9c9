import { isInternal } from '../../../agent/protocol/internal-disk.ts'
import type { Variables } from '../../../tasksequences/scalar.ts'
import type { DescribedMachine } from '../../machines/machine.ts'
import type { PinnedImage } from '../run/run.ts'

const GIB = 2 ** 30

/** What is known of a machine and an image, under the names of `tasksequences/facts.ts`; empty text where nothing is. */
export function factsOf(machine: DescribedMachine, image: PinnedImage | null): Variables {
  const { inventory } = machine
  const internal = inventory?.disks.filter(isInternal) ?? []
  const largest = Math.max(0, ...internal.map(({ sizeBytes }) => sizeBytes))
  return {
    serial: machine.serial ?? '',
    uuid: machine.uuid ?? '',
    code: machine.code,
    machineName: machine.name ?? '',
    manufacturer: machine.manufacturer ?? '',
    product: machine.product ?? '',
    board: inventory?.board.product ?? '',
    firmwareVersion: inventory?.firmware.version ?? '',
    mac: machine.macs[0] ?? '',
    processor: inventory?.processor.model ?? '',
    cores: inventory?.processor.cores ?? 0,
    memoryGiB: Math.round((inventory?.memory.totalBytes ?? 0) / GIB),
    diskGB: Math.round(largest / 1e9),
    secureBoot: inventory?.secureBoot.state ?? '',
    tpm: inventory?.tpm.version ?? '',
    windowsKey: inventory?.firmware.windowsKey ?? false,
    edition: image?.edition ?? '',
    imageName: image?.name ?? '',
    imageBuild: image?.build ?? '',
  }
}
