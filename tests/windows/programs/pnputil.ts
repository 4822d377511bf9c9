import { win32 } from 'node:path'
import { readInf } from '../../../images/inf/read-inf.ts'
import type { Answer, Call } from '../call.ts'
import type { Device, Machine } from '../machine.ts'

/** ERROR_NO_MORE_ITEMS: in the store, but no device wants it. */
const noMoreItems = 259

/** `pnputil /add-driver X.inf /install`: a device whose id the INF names works from then on. */
export function pnputil(machine: Machine, { args, file }: Call): Answer {
  const [verb = '', path = ''] = args
  if (verb.toLowerCase() === '/scan-devices') return { machine, code: 0 }
  if (verb.toLowerCase() !== '/add-driver' || file === null)
    return { machine, code: 1, stderr: 'stand-in: /add-driver' }
  const served = idsOf(file)
  const original = win32.basename(path)
  const known = machine.drivers.find((one) => one.original === original)
  const published = known?.published ?? `oem${machine.drivers.length + 1}.inf`
  const wanting = machine.devices.filter((one) => one.problem === 28 && serves(served, one))
  const drivers = known === undefined ? [...machine.drivers, { published, original }] : machine.drivers
  const devices = machine.devices.map((one) => (wanting.includes(one) ? { ...one, problem: 0 } : one))
  return {
    machine: { ...machine, drivers, devices },
    code: wanting.length > 0 ? 0 : noMoreItems,
    stdout: printed(machine, original, published, wanting),
  }
}

function idsOf(file: Uint8Array): Set<string> {
  const models = readInf(file).manufacturers.flatMap(({ sections }) => sections.flatMap((section) => section.models))
  return new Set(models.flatMap((one) => [one.hardwareId ?? '', ...one.compatibleIds]).map((id) => id.toUpperCase()))
}

function serves(ids: ReadonlySet<string>, { hardwareIds, compatibleIds }: Device): boolean {
  return [...hardwareIds, ...compatibleIds].some((id) => ids.has(id.toUpperCase()))
}

function printed({ language }: Machine, original: string, published: string, devices: readonly Device[]): string {
  const lines =
    language === 'fr'
      ? [
          ...['Utilitaire PnP Microsoft', '', `Ajout du package de pilotes : ${original}`],
          ...['Package de pilotes ajouté.', `Nom publié :             ${published}`],
          ...devices.map((one) => `Package de pilotes installé sur l’appareil : ${one.instanceId}`),
          ...['', 'Nombre total de packages de pilotes : 1', 'Packages de pilotes ajoutés : 1'],
        ]
      : [
          ...['Microsoft PnP Utility', '', `Adding driver package:  ${original}`],
          ...['Driver package added successfully.', `Published Name:         ${published}`],
          ...devices.map((one) => `Driver package installed on device: ${one.instanceId}`),
          ...['', 'Total driver packages:  1', 'Added driver packages:  1'],
        ]
  return lines.join('\r\n')
}
