import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { parseWimlibProgress, splitLines, type WimlibProgress } from '../../../../images/wim/wimlib-progress.ts'
import { CatalogueError } from '../problem.ts'
import { isErrno } from '../../files/system-error.ts'

/** How one call of wimlib-imagex ended. */
export type WimlibResult = { readonly exitCode: number; readonly output: string; readonly errors: string }

/** Runs wimlib-imagex with these arguments. Everything that uses wimlib takes this function, so that tests can replace it. */
export type RunWimlib = (
  args: readonly string[],
  options: { signal: AbortSignal; onProgress?: (progress: WimlibProgress) => void },
) => Promise<WimlibResult>

const keptCharacters = 16_384

/**
 * Runs the wimlib-imagex of this machine, behind everything else the server does (nice 10).
 *
 * Its output stays a pipe of ours: when the server is killed, the next progress line kills wimlib too, and no
 * orphan goes on writing.
 *
 * @throws CatalogueError WIMLIB_MISSING; the signal's reason once it is aborted and the process has gone
 */
export const runWimlib: RunWimlib = (args, { signal, onProgress }) => {
  const { promise, resolve, reject } = Promise.withResolvers<WimlibResult>()
  if (signal.aborted) {
    reject(signal.reason)
    return promise
  }
  const child = spawn('wimlib-imagex', [...args], { stdio: ['ignore', 'pipe', 'pipe'], env: wimlibEnvironment() })
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  let output = ''
  let errors = ''
  let carry = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    const cut = splitLines(carry, piece)
    carry = cut.carry
    for (const line of cut.lines) {
      const progress = parseWimlibProgress(line)
      if (progress === undefined) output = `${output}${line}\n`.slice(-keptCharacters)
      else onProgress?.(progress)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errors = (errors + piece).slice(-keptCharacters)
  })
  child.once('spawn', () => setPriority(child.pid ?? 0, 10))
  let failure: unknown
  child.once('error', (error) => {
    failure = isErrno(error, 'ENOENT') ? new CatalogueError('WIMLIB_MISSING', {}) : error
  })
  child.once('close', (code) => {
    signal.removeEventListener('abort', kill)
    if (signal.aborted) reject(signal.reason)
    else if (failure !== undefined) reject(failure)
    else resolve({ exitCode: code ?? -1, output: output + carry, errors })
  })
  return promise
}

/** wimlib's messages in English, so that ours can be made from them, and names in UTF-8 whatever the service's locale. */
function wimlibEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C.UTF-8' }
}
