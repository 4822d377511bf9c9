import type { Answer } from '../call.ts'
import type { Machine, Optional } from '../machine.ts'

const timePerItemMs = 100

/** ERROR_SERVICE_DISABLED, as the deployment service's cmdlets tell it. */
export function unlisted({ language }: Machine): string {
  const words = language === 'fr' ? 'Le service ne peut pas être démarré.' : 'The service cannot be started.'
  return `Get-AppxProvisionedPackage : ${words} (0x80070422)`
}

/** ERROR_REMOVE_FAILED. */
function refusal({ language }: Machine): string {
  return language === 'fr'
    ? 'Échec du déploiement avec HRESULT : 0x80073CFA, Échec de la suppression. Veuillez contacter le fournisseur de votre logiciel.'
    : 'Deployment failed with HRESULT: 0x80073CFA, Removal failed. Please contact your software vendor.'
}

/**
 * The script `remove-appx`: what is provisioned and what is installed; it is judged by what is left. Where Windows lists no
 * apps, each has failed for that reason.
 */
export function removeAppx(machine: Machine, { names }: Record<string, unknown>): Answer {
  return removal(machine, names, (now, name) => {
    if (now.appsUnlisted) return { words: unlisted(now) }
    const app = now.apps.find((one) => one.name === name && (one.installed || one.provisioned))
    if (app === undefined) return now
    if (app.removal === 'throws') return { words: refusal(now) }
    if (app.removal === 'stays') return { words: 'still there after its removal' }
    const apps = now.apps.map((one) => (one.name === name ? { ...one, installed: false, provisioned: false } : one))
    return { ...now, apps }
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

/** One after another; what is killed has removed those before. `remove` gives the words of what stays. */
function removal(
  machine: Machine,
  names: unknown,
  remove: (now: Machine, name: string) => Machine | { words: string },
): Answer {
  const asked: string[] = Array.isArray(names) ? names : []
  let now = machine
  const progress = asked.map((name) => {
    const before = now
    const after = remove(before, name)
    if ('words' in after) return { value: { name, outcome: 'failed', words: after.words }, machine: before }
    now = after
    return { value: { name, outcome: now === before ? 'absent' : 'removed', words: '' }, machine: now }
  })
  return { machine: now, code: 0, takesMs: timePerItemMs * asked.length, progress, result: { restart: false } }
}
