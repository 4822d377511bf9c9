import type { Detection } from '../../../images/software/manifest.ts'
import { compareFirmware } from '../../protocol/firmware-version.ts'
import { hasKey, valueIn, type RegistryKey, type RegistryQuestion, type RegistryValue } from '../system/registry.ts'
import { compareVersions } from './version.ts'

/** Whether a package is there, with its version where one could be seen; or what is missing, as a technician reads it. */
export type Finding = { there: true; version: string | null } | { there: false; missing: string }

export type RegistryRule = NonNullable<Detection['registry']>

/** Where a rule's value was found, or only its key when the rule names no value. */
export type RegistrySight = { key: string; value: RegistryValue | null }

/** What a rule has to know of the registry. Pure. */
export function registryQuestions({ registry }: Detection): RegistryQuestion[] {
  if (registry === undefined) return []
  const names = registry.value === undefined ? [] : [registry.value]
  return registry.keys.map((key) => ({ key, names }))
}

/** The first of a rule's keys that is there, with the value when it asks for one; null when none is. Pure. */
export function sightOf(read: readonly RegistryKey[], { keys, value: name }: RegistryRule): RegistrySight | null {
  if (name === undefined) {
    const key = keys.find((one) => hasKey(read, one))
    return key === undefined ? null : { key, value: null }
  }
  const sights = keys.flatMap((key): RegistrySight[] => {
    const value = valueIn(read, key, name)
    return value === null ? [] : [{ key, value }]
  })
  return sights[0] ?? null
}

/** What a registry rule says of what was found first among its keys; null: nothing was. Pure. */
export function judgeRegistry(rule: RegistryRule, sight: RegistrySight | null): Finding {
  const { keys, value: name, equals, atLeast } = rule
  const place = name === undefined ? (sight?.key ?? keys[0] ?? '') : `${sight?.key ?? keys[0] ?? ''}\\${name}`
  if (sight === null) return { there: false, missing: place }
  if (sight.value === null) return { there: true, version: null }
  const { data: text } = sight.value
  // An accent may be written as one character or as two.
  if (equals !== undefined && text.normalize() !== equals.normalize())
    return { there: false, missing: `${place} = "${equals}" ("${text}")` }
  if (atLeast === undefined) return { there: true, version: isVersion(text) ? text : null }
  // What is no dotted version may be one of firmware, `TNTGL357.0071`.
  const order = compareVersions(text, atLeast) ?? compareFirmware(text, atLeast)
  return order === null || order < 0
    ? { there: false, missing: `${place} >= ${atLeast} ("${text}")` }
    : { there: true, version: text }
}

/** All that is said must hold; the first version seen is the package's. Pure. */
export function allThere(findings: readonly Finding[]): Finding {
  const missing = findings.flatMap((one) => (one.there ? [] : [one.missing]))
  if (missing.length > 0 || findings.length === 0) return { there: false, missing: missing.join(', ') }
  const version = findings.map((one) => (one.there ? one.version : null)).find((one) => one !== null)
  return { there: true, version: version ?? null }
}

/** `15.58.4`: text that a person would take for a version. */
function isVersion(text: string): boolean {
  return /^v?\d+(\.\d+)+/.test(text)
}
