import type { Answer } from '../call.ts'
import type { Machine, Optional } from '../machine.ts'
import { measuredParts } from './measured-parts.ts'

/** Which of the apps, capabilities and features asked for are there. */
export function measureApps(machine: Machine, input: Record<string, unknown>): Answer {
  const wanted = (kind: string): string[] => {
    const names = input[kind]
    return Array.isArray(names) ? names : []
  }
  const there = (all: readonly Optional[], kind: string): string[] =>
    all.filter((one) => one.present && wanted(kind).includes(one.name)).map(({ name }) => name)
  const unmeasured = wanted('appx').filter((name) => machine.unmeasurable.includes(name))
  const appx = machine.apps
    .filter(({ name }) => wanted('appx').includes(name) && !unmeasured.includes(name))
    .filter((one) => one.installed || one.provisioned)
    .map(({ name, installed, provisioned }) => ({
      name,
      states: [...(provisioned ? ['provisioned'] : []), ...(installed ? ['installed'] : [])],
    }))
  const result = {
    ...(machine.appsUnlisted ? {} : { appx: { items: appx, unmeasured } }),
    capabilities: { items: there(machine.capabilities, 'capabilities') },
    features: { items: there(machine.features, 'features') },
  }
  return { machine, code: 0, result: measuredParts(machine, result) }
}
