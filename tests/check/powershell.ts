import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { scriptFile } from '../../agent/windows/system/powershell.ts'
import { openScriptParser } from './script-parser.ts'

/** `node tests/check/powershell.ts [SCRIPT…]`: ours when none is named. Exit code 1 when one has a problem. */
const named = process.argv.slice(2)
const files = named.length > 0 ? named : globSync('agent/windows/scripts/*.ps1').sort()
const parse = await openScriptParser()
let problems = 0
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  // Bare for the place in the file; as the agent writes it for what the lines before it make of it.
  const whole = scriptFile({ name: basename(file, '.ps1'), text })
  const found = [
    ...parse(text).map((one) => ({ ...one, file })),
    ...parse(whole).map((one) => ({ ...one, file: `${file} with its prologue` })),
  ]
  for (const { file: where, line, column, what } of found) process.stderr.write(`${where}:${line}:${column}: ${what}\n`)
  problems += found.length
}
process.stdout.write(`${files.length} PowerShell scripts, ${problems} problems\n`)
if (problems > 0) process.exitCode = 1
