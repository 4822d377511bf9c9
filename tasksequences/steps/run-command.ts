import { Type, type Static } from 'typebox'
import type { Sentence } from '../../text/sentence.ts'
import type { Phase } from '../sequence.ts'
import { defineStep } from './definition.ts'
import { expectsBoolean } from './fields.ts'

/** As Windows and Linux give them, signed or not. */
export const ExitCode = Type.Integer({ minimum: -2_147_483_648, maximum: 4_294_967_295 })

export const RunCommandInput = Type.Object(
  {
    /** One line for the shell. */
    command: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
    /** Several lines, kept as they are. Either this or `command`. */
    script: Type.Optional(Type.String({ minLength: 1, maxLength: 65_536 })),
    /** In the environment `sh`, in Windows `powershell` by default. */
    shell: Type.Optional(
      Type.Union([Type.Literal('sh'), Type.Literal('bash'), Type.Literal('cmd'), Type.Literal('powershell')]),
    ),
    /** Exit codes that mean success; 0 by default. */
    expect: Type.Optional(Type.Union([ExitCode, Type.Array(ExitCode, { minItems: 1, maxItems: 32 })])),
    /** In the environment: mounts the Windows and EFI partitions while it runs (`$WINDOWS`, `$ESP`). */
    mount: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type RunCommandInput = Static<typeof RunCommandInput>

const shells: Readonly<Record<Phase, readonly string[]>> = {
  environment: ['sh', 'bash'],
  windows: ['cmd', 'powershell'],
}

/** Exactly one of `command` and `script`, and a shell that is there. */
function checkRunCommand(input: Record<string, unknown>, phase: Phase): Sentence | null {
  const given = ['command', 'script'].filter((key) => input[key] !== undefined)
  const { shell } = input
  if (given.length === 1 && typeof shell === 'string' && !shells[phase].includes(shell) && !shell.includes('${')) {
    const there = shells[phase].join(', ')
    return {
      fr: `« ${shell} » n’existe pas dans « ${phase} » (${there})`,
      en: `there is no "${shell}" in "${phase}" (${there})`,
    }
  }
  if (given.length === 1) return null
  return {
    fr: 'il faut soit « command » (une ligne), soit « script » (plusieurs lignes)',
    en: 'it takes either "command" (one line) or "script" (several lines)',
  }
}

/** A workshop's own command; there is no time limit, a person can cancel the run. */
export const runCommand = defineStep({
  type: 'run-command',
  phases: ['environment', 'windows'],
  title: { fr: 'Lancer une commande', en: 'Run a command' },
  input: RunCommandInput,
  fields: {
    command: {
      label: { fr: 'Commande', en: 'Command' },
      expects: { fr: 'une ligne de commande', en: 'a command line' },
      help: { fr: 'Une ligne ; pour plusieurs, le script.', en: 'One line; for several, the script.' },
    },
    script: {
      label: { fr: 'Script', en: 'Script' },
      expects: {
        fr: 'un texte de plusieurs lignes (« | » puis les lignes)',
        en: 'a text of several lines ("|", then the lines)',
      },
      lines: true,
    },
    shell: {
      label: { fr: 'Interpréteur', en: 'Shell' },
      expects: { fr: '« sh », « bash », « cmd » ou « powershell »', en: '"sh", "bash", "cmd" or "powershell"' },
      choices: {
        sh: { fr: 'sh', en: 'sh' },
        bash: { fr: 'bash', en: 'bash' },
        cmd: { fr: 'cmd', en: 'cmd' },
        powershell: { fr: 'PowerShell', en: 'PowerShell' },
      },
      help: {
        fr: 'Sans ce choix : sh dans l’environnement, PowerShell dans Windows.',
        en: 'Without this choice: sh in the environment, PowerShell in Windows.',
      },
    },
    expect: {
      label: { fr: 'Codes de réussite', en: 'Exit codes that mean success' },
      expects: {
        fr: 'un code de sortie ou une liste, par exemple [0, 3010]',
        en: 'an exit code or a list, for example [0, 3010]',
      },
      standard: 0,
    },
    mount: {
      label: { fr: 'Monter les partitions du disque', en: 'Mount the partitions of the disk' },
      expects: expectsBoolean,
      help: {
        fr: 'Dans l’environnement : Windows en $WINDOWS, EFI en $ESP.',
        en: 'In the environment: Windows as $WINDOWS, EFI as $ESP.',
      },
      standard: false,
    },
  },
  weight: 5,
  secretsIn: ['command', 'script'],
  check: checkRunCommand,
})
