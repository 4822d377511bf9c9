import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { SetupStopped, say } from './messages.mjs'

const marker = 'node_modules/.etabli-lock'

/** Installs what package-lock.json names, when it differs from what was installed last; brings Node 24 with it. */
export function ensureNpmPackages() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : ''
  if (installed === wanted && existsSync('node_modules/.bin/node')) return
  say('installation des paquets npm (une fois)…', 'installing npm packages (once)…')
  // Without a network, npm's own patience is minutes for each package.
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=5000']
  // npm complains that packages want a newer Node than its own: they get Node 24, which comes with them.
  const { status } = spawnSync('npm', ['ci', '--loglevel=error', ...patience], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) {
    throw new SetupStopped(
      'npm ci a échoué : il faut un accès au registre npm. Vérifiez la connexion, puis relancez la même commande.',
      'npm ci failed: it needs to reach the npm registry. Check the connection, then run the same command again.',
    )
  }
  if (!existsSync('node_modules/.bin/node')) {
    throw new SetupStopped(
      'Node 24 n’est pas arrivé avec les paquets : relancez npm ci sans --ignore-scripts.',
      'Node 24 did not come with the packages: run npm ci again without --ignore-scripts.',
    )
  }
  writeFileSync(marker, wanted)
}
