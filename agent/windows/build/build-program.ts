import { execFile } from 'node:child_process'

/** Runs one program of the build to its end and gives its standard output; rejects with the end of its errors when it fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd?: string; signal: AbortSignal },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settings = { ...options, encoding: 'buffer', maxBuffer: 256 * 2 ** 20 } as const
    execFile(command, args, settings, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${command} failed: ${stderr.toString().trim() || error.message}`, { cause: error }))
    })
  })
}
