/** What a run's image has to be; an edition is Windows' own id, the same in every language. */
export type ImageWish = { image?: string; edition?: string; windows?: 10 | 11 } & LanguageWish

/** What it has to speak: this very language, `fr-FR`, or one of its family, which serves formats of `fr-FR` as well. */
export type LanguageWish = { language?: string; family?: string }

/**
 * What a step gets of what the server keeps: it is pinned when the run is made, and handed out with the step. `of-run` is
 * what the other steps of the run take, all of it.
 */
export type StepTakes = {
  image?: ImageWish
  /** What the run's image has to speak, for this step; or what the variable `locale` says. */
  imageLanguage?: LanguageWish | 'locale'
  /** Packages of the catalogue; what they need comes along. */
  software?: readonly string[] | 'of-run'
  /** Debloat profiles. */
  profiles?: readonly string[] | 'of-run'
  /** What this machine's devices need, from all packs; or packs by name, whole. */
  drivers?: 'matching' | readonly string[] | 'of-run'
  /** The update packages that fit the run's image. */
  updates?: boolean
  /** To which revision the update packages there are bring each build of Windows. */
  updateLevels?: boolean
  /** The executable of the agent in Windows, and a key by which the server will know it. */
  windowsAgent?: boolean
}

export const takesNothing: StepTakes = {}
