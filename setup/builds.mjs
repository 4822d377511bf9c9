import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupStopped, say } from './messages.mjs'

const node = 'node_modules/.bin/node'

/** Builds the dashboard when its sources changed since the last build. */
export function ensureDashboard() {
  const inputs = createHash('sha256')
  for (const file of [
    ...filesUnder('server/dashboard'),
    ...filesUnder('text'),
    'vite.config.ts',
    'package-lock.json',
  ]) {
    inputs.update(file).update(readFileSync(file))
  }
  const wanted = inputs.digest('hex')
  const marker = 'build/dashboard/.inputs'
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  say('construction du tableau de bord…', 'building the dashboard…')
  run(node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], 'vite build')
  writeFileSync(marker, wanted)
}

/**
 * Builds the boot environment when its inputs changed; it knows by itself whether they did.
 * @param {string} output
 * @returns {boolean} whether it is there
 */
export function ensureEnvironment(output) {
  if (process.getuid?.() !== 0) {
    say(
      'l’environnement de préparation ne peut être construit que par root : sans lui aucun poste ne démarre.',
      'only root can build the boot environment: without it no machine boots.',
    )
    return existsSync(join(output, 'boot/manifest.json'))
  }
  const { status } = spawnSync(node, ['agent/boot-image/build.ts', '--output', output], { stdio: 'inherit' })
  return status === 0
}

/**
 * Builds the agent for Windows when its inputs changed; it knows by itself whether they did. Needs the Internet once, for
 * Node's own program for Windows.
 * @param {string} output
 * @returns {boolean} whether it is there
 */
export function ensureWindowsAgent(output) {
  const { status } = spawnSync(node, ['agent/windows/build/build.ts', output], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status === 0
}

/** @param {string} command @param {string[]} args @param {string} what */
function run(command, args, what) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new SetupStopped(`${what} a échoué (code ${status}).`, `${what} failed (code ${status}).`)
}

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
