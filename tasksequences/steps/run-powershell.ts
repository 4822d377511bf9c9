import { Type, type Static } from 'typebox'
import { defineStep } from './definition.ts'
import { ExitCode } from './run-command.ts'

export const RunPowershellInput = Type.Object(
  {
    script: Type.String({ minLength: 1, maxLength: 65_536 }),
    /** Exit codes that mean success; 0 by default. */
    expect: Type.Optional(Type.Union([ExitCode, Type.Array(ExitCode, { minItems: 1, maxItems: 32 })])),
  },
  { additionalProperties: false },
)
export type RunPowershellInput = Static<typeof RunPowershellInput>

/** A workshop's own script, by Windows PowerShell. */
export const runPowershell = defineStep({
  type: 'run-powershell',
  phases: ['windows'],
  title: { fr: 'Lancer un script PowerShell', en: 'Run a PowerShell script' },
  input: RunPowershellInput,
  fields: {
    script: {
      label: { fr: 'Script', en: 'Script' },
      expects: {
        fr: 'un texte de plusieurs lignes (« | » puis les lignes)',
        en: 'a text of several lines ("|", then the lines)',
      },
      lines: true,
    },
    expect: {
      label: { fr: 'Codes de réussite', en: 'Exit codes that mean success' },
      expects: {
        fr: 'un code de sortie ou une liste, par exemple [0, 3010]',
        en: 'an exit code or a list, for example [0, 3010]',
      },
      standard: 0,
    },
  },
  weight: 5,
  secretsIn: ['script'],
})
