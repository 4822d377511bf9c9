import type { Answer } from '../call.ts'
import type { Machine, Optional } from '../machine.ts'

const timePerItemMs = 100

/** The script `remove-appx`: what is provisioned and what is installed. */
export function removeAppx(machine: Machine, { names }: Record<string, unknown>): Answer {
  return removal(machine, names, (now, name) => {
    const there = now.apps.some((one) => one.name === name && (one.installed || one.provisioned))
    const apps = now.apps.map((one) => (one.name === name ? { ...one, installed: false, provisioned: false } : one))
    return there ? { ...now, apps } : now
  })
}

/** The script `remove-capabilities`. */
export function removeCapabilities(machine: Machine, { names }: Record<string, unknown>): Answer {
  return removal(machine, names, (now, name) => {
    const capabilities = without(now.capabilities, name)
    return capabilities === now.capabilities ? now : { ...now, capabilities }
  })
}

/** The script `remove-features`. */
export function removeFeatures(machine: Machine, { names }: Record<string, unknown>): Answer {
  return removal(machine, names, (now, name) => {
    const features = without(now.features, name)
    return features === now.features ? now : { ...now, features }
  })
}

function without(all: Optional[], name: string): Optional[] {
  const there = all.some((one) => one.name === name && one.present)
  return there ? all.map((one) => (one.name === name ? { ...one, present: false } : one)) : all
}

/** One after another; what is killed has removed those before. */
function removal(machine: Machine, names: unknown, remove: (now: Machine, name: string) => Machine): Answer {
  const asked: string[] = Array.isArray(names) ? names : []
  let now = machine
  const progress = asked.map((name) => {
    const before = now
    now = remove(before, name)
    return { value: { name, outcome: now === before ? 'absent' : 'removed', words: '' }, machine: now }
  })
  return { machine: now, code: 0, takesMs: timePerItemMs * asked.length, progress, result: { restart: false } }
}
