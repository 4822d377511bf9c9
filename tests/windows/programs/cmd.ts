import type { Answer, Call } from '../call.ts'
import type { Machine } from '../machine.ts'

/** A workshop's batch file, as far as `echo` and `exit /b N` go; only where there is no real `cmd.exe`. */
export function cmd(machine: Machine, { script }: Call): Answer {
  const text = script !== null && 'text' in script ? script.text : ''
  const lines = text.split(/\r?\n/)
  const said = lines.flatMap((line) => /^echo (?!off)(.*)$/i.exec(line.trim())?.[1] ?? [])
  const code = lines.flatMap((line) => /^(?:cmd \/c )?exit (?:\/b )?(\d+)$/i.exec(line.trim())?.[1] ?? [])[0]
  return { machine, code: Number(code ?? 0), stdout: said.join('\r\n') }
}
