import { Refusal } from '../../refusal/refusal.ts'
import type { Sentence } from '../../../text/sentence.ts'
import type { DriverPackEntry } from '../drivers/driver-packs.ts'
import type { ProfileEntry } from '../profiles/profiles.ts'
import type { SoftwareEntry } from '../software/software.ts'
import { choosePacks, chooseProfile, chooseSoftware } from './choice.ts'
import { wantedBy, type RunStepInput } from './wanted.ts'

/** What is there to be taken. */
export type Stocked = {
  software: readonly SoftwareEntry[]
  profiles: readonly ProfileEntry[]
  packs: readonly DriverPackEntry[]
}

/** A step of a sequence, and under which condition it is done. */
export type NamingStep = RunStepInput & { readonly when: unknown }

/** Something a sequence names that no run could take as things stand: by what name, and why not. */
export type Lack = {
  name: string
  code: string
  message: Sentence
  /** Whether no step needs it that has no condition: then the server refuses only the runs that come to it. */
  conditional: boolean
}

/**
 * What steps name of the catalogue that is not there, or cannot be used: a run that comes to it would be refused, and a
 * sequence should say so before anybody starts it. What a variable names only a run knows. Pure.
 */
export function lackingOf(steps: readonly NamingStep[], stocked: Stocked): Lack[] {
  const always = steps.filter(({ when }) => when === null)
  const certain = new Set(lacksOf(always, stocked).map(({ name, code }) => `${code} ${name}`))
  return lacksOf(steps, stocked).map((lack) => ({ ...lack, conditional: !certain.has(`${lack.code} ${lack.name}`) }))
}

type Named = Omit<Lack, 'conditional'>

function lacksOf(steps: readonly RunStepInput[], { software, profiles, packs }: Stocked): Named[] {
  const { software: ids, profiles: profileIds, drivers } = wantedBy(steps)
  return [
    ...lacks(ids, (id) => chooseSoftware([id], software)),
    ...lacks(profileIds, (id) => chooseProfile(id, profiles)),
    ...lacks(drivers === null || drivers === 'matching' ? [] : drivers, (name) => choosePacks([name], packs)),
  ]
}

function lacks(names: readonly string[], choose: (name: string) => unknown): Named[] {
  return names.flatMap((name) => {
    if (name.includes('${')) return []
    try {
      choose(name)
      return []
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { message, fix } = error.description
      return [{ name, code: error.code, message: { fr: `${message.fr} ${fix.fr}`, en: `${message.en} ${fix.en}` } }]
    }
  })
}
