import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Runs every `*.bench.ts` beside this file, or those whose name holds an argument, one after the other. */
const folder = import.meta.dirname
const wanted = process.argv.slice(2)
const benches = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))

for (const name of benches) {
  process.stdout.write(`\n# ${name}\n`)
  const [code] = await once(spawn(process.execPath, [join(folder, name)], { stdio: 'inherit' }), 'exit')
  if (code !== 0) process.exitCode = 1
}
