import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'

export const RemoveAppsInput = Type.Object(
  {
    /** Id of a debloat profile. */
    profile: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
)
export type RemoveAppsInput = Static<typeof RemoveAppsInput>

/** Takes away what a debloat profile names. */
export const removeApps = defineStep({
  type: 'remove-apps',
  phases: ['windows'],
  title: { fr: 'Retirer les applications inutiles', en: 'Remove unwanted apps' },
  input: RemoveAppsInput,
  fields: {
    profile: {
      label: { fr: 'Profil de nettoyage', en: 'Debloat profile' },
      expects: { fr: 'le nom d’un profil de nettoyage', en: 'the id of a debloat profile' },
      of: 'profiles',
    },
  },
  weight: 60,
  takes: ({ profile }) => ({ profiles: [profile] }),
})
