// What every npm script starts: sets up what is missing, then runs the thing. Runs on any Node that can run npm.
import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { debianPackages, ensureDebianPackages } from './debian-packages.mjs'
import { ensureDashboard, ensureEnvironment, ensureWindowsAgent } from './builds.mjs'
import { ensureNpmPackages } from './npm-packages.mjs'
import { SetupStopped, say } from './messages.mjs'
import { serverFlags } from './server-flags.mjs'

const node = 'node_modules/.bin/node'
const vitest = ['node_modules/vitest/vitest.mjs', 'run']
const everyPackage = [...debianPackages.serve, ...debianPackages.demo, ...debianPackages.test]

/** @type {Record<string, (args: string[]) => string[] | Promise<string[]>>} */
const tasks = {
  serve(args) {
    ensureDebianPackages(debianPackages.serve)
    ensureDashboard()
    const dataDir = process.env['ETABLI_DATA_DIR'] || 'data'
    if (!ensureEnvironment(join(dataDir, 'environment'))) {
      say(
        'pas d’environnement de préparation : le serveur démarre, mais aucun poste ne pourra démarrer par le réseau.',
        'no boot environment: the server starts, but no machine can boot from the network.',
      )
    }
    sayIfNoWindowsAgent(process.env['ETABLI_WINDOWS_AGENT_DIR'] || join(dataDir, 'windows-agent'))
    return [...serverFlags, 'server/main.ts', ...args]
  },
  develop: (args) => ['setup/develop.mjs', ...args],
  demo(args) {
    ensureDebianPackages([...debianPackages.serve, ...debianPackages.demo])
    ensureDashboard()
    buildEnvironmentOrStop()
    sayIfNoWindowsAgent('build/windows')
    return ['tests/lab/demo.ts', ...args]
  },
  test(args) {
    ensureDebianPackages(everyPackage)
    ensureDashboard()
    buildEnvironmentOrStop()
    sayIfNoWindowsAgent('build/windows')
    // A project that is named wins.
    return [...vitest, ...(args.some((arg) => arg.startsWith('--project')) ? [] : ['--project', '!matrix']), ...args]
  },
  'test-matrix'(args) {
    ensureDebianPackages([...everyPackage, ...debianPackages.matrix])
    ensureDashboard()
    return [...vitest, '--project', 'matrix', ...args]
  },
  'test-quick': (args) => [...vitest, '--project', 'unit', ...args],
  bench(args) {
    ensureDebianPackages(everyPackage)
    return ['tests/bench/run.ts', ...args]
  },
}

function buildEnvironmentOrStop() {
  if (ensureEnvironment('build/environment')) return
  throw new SetupStopped(
    'l’environnement de préparation n’a pas pu être construit (voir ci-dessus) ; il faut root et un miroir Debian.',
    'the boot environment could not be built (see above); it needs root and a Debian mirror.',
  )
}

/** @param {string} folder */
function sayIfNoWindowsAgent(folder) {
  if (ensureWindowsAgent(folder)) return
  say(
    'l’agent pour Windows n’a pas pu être fabriqué (voir ci-dessus) : les préparations qui continuent dans Windows seront refusées.',
    'the agent for Windows could not be built (see above): deployments that go on in Windows will be refused.',
  )
}

async function main() {
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
  const [name = '', ...args] = process.argv.slice(2)
  const task = tasks[name]
  if (!task) throw new SetupStopped(`tâche inconnue : ${name}`, `unknown task: ${name}`)
  ensureNpmPackages()
  // What is compiled once is compiled for the next start, too: without it, half of a start is spent on that.
  const env = { NODE_COMPILE_CACHE: resolve('build/compile-cache'), ...process.env }
  const child = spawn(node, await task(args), { stdio: 'inherit', env })
  // A terminal's Ctrl-C reaches the child by itself; a service manager's SIGTERM does not.
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

main().catch((error) => {
  if (!(error instanceof SetupStopped)) throw error
  process.stderr.write(`etabli: ${error.message}\n`)
  process.exitCode = 1
})
