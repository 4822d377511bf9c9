import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecResult } from '../../../../agent/runtime/exec.ts'
import { exited, type ScriptAnswer } from './programs.ts'

const folder = join(import.meta.dirname, '../../../fixtures/windows')

type Recorded<Answer> = { answers: Record<string, Answer> }

function answerOf<Answer>(kind: 'programs' | 'scripts', name: string, which: string): Answer {
  const recorded: Recorded<Answer> = JSON.parse(readFileSync(join(folder, kind, `${name}.json`), 'utf8'))
  const answer = recorded.answers[which]
  if (answer === undefined) throw new Error(`${kind}/${name}.json has no answer ${which}`)
  return answer
}

/** What a program printed, as kept in tests/fixtures/windows/programs. */
export function recordedProgram(name: string, which: string): ExecResult {
  const { code, stdout = [] } = answerOf<{ code: number; stdout?: string[] }>('programs', name, which)
  return exited(code, stdout.map((line) => `${line}\r\n`).join(''))
}

/** What one of our scripts sends, as kept in tests/fixtures/windows/scripts. */
export function recordedScript(name: string, which: string): ScriptAnswer {
  const { progress, result, code, stderr } = answerOf<ScriptAnswer>('scripts', name, which)
  return {
    result,
    ...(progress === undefined ? {} : { progress }),
    ...(code === undefined ? {} : { code }),
    ...(stderr === undefined ? {} : { stderr }),
  }
}
