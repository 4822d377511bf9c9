import type { Answer } from '../call.ts'
import type { Machine, Optional } from '../machine.ts'

/** Which of the apps, capabilities and features asked for are there. */
export function measureApps(machine: Machine, input: Record<string, unknown>): Answer {
  const wanted = (kind: string): string[] => {
    const names = input[kind]
    return Array.isArray(names) ? names : []
  }
  const there = (all: readonly Optional[], kind: string): string[] =>
    all.filter((one) => one.present && wanted(kind).includes(one.name)).map(({ name }) => name)
  const appx = machine.apps
    .filter((one) => wanted('appx').includes(one.name) && (one.installed || one.provisioned))
    .map(({ name, installed, provisioned }) => ({
      name,
      states: [...(provisioned ? ['provisioned'] : []), ...(installed ? ['installed'] : [])],
    }))
  const result = {
    appx: { items: appx },
    capabilities: { items: there(machine.capabilities, 'capabilities') },
    features: { items: there(machine.features, 'features') },
  }
  return { machine, code: 0, result }
}
