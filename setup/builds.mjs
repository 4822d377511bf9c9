import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
  return unlessUnchanged('environment', output, () => {
    const { status } = spawnSync(node, ['agent/boot-image/build.ts', '--output', output], { stdio: 'inherit' })
    return status === 0
  })
}

/**
 * Builds the agent for Windows when its inputs changed; it knows by itself whether they did. Needs the Internet once, for
 * Node's own program for Windows.
 * @param {string} output
 * @returns {boolean} whether it is there
 */
export function ensureWindowsAgent(output) {
  return unlessUnchanged('windows', output, () => {
    const { status } = spawnSync(node, ['agent/windows/build/build.ts', output], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return status === 0
  })
}

/**
 * Builds, unless nothing it could be made from and nothing of what it made has been touched since that last went well. The
 * builds compare contents and know better, but to start them only to hear that there is nothing to do takes half a second.
 * @param {string} name
 * @param {string} output
 * @param {() => boolean} build
 * @returns {boolean} whether it is there
 */
function unlessUnchanged(name, output, build) {
  const marker = `build/.checked-${name}`
  if (existsSync(output) && existsSync(marker) && readFileSync(marker, 'utf8') === touchedState(output)) return true
  if (!build()) return false
  mkdirSync('build', { recursive: true })
  writeFileSync(marker, touchedState(output))
  return true
}

/** Changes when a file of the sources, of the installed packages' list or of the output comes, goes or is written. @param {string} output */
function touchedState(output) {
  const state = createHash('sha256').update(resolve(output))
  const sources = ['agent', 'images', 'tasksequences', 'text'].flatMap(filesUnder)
  for (const file of [...sources, 'package-lock.json', ...filesUnder(output)]) {
    const { size, mtimeMs, ctimeMs } = statSync(file)
    state.update(`${file}|${size}|${mtimeMs}|${ctimeMs}\n`)
  }
  return state.digest('hex')
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
