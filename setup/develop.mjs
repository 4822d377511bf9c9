// The server, restarted when a file of it changes, and Vite's own server for the dashboard beside it, which reloads.
import { spawn } from 'node:child_process'

// Both have to mean the same address; what stands in etabli.yaml only the server reads.
const env = { ...process.env, ETABLI_LISTEN: process.env['ETABLI_LISTEN'] || '0.0.0.0:8080' }
const programs = [
  spawn(process.execPath, ['--watch', 'server/main.ts', ...process.argv.slice(2)], { env, stdio: 'inherit' }),
  // Without a terminal to read keys from, Vite leaves Ctrl-C alone.
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', '--logLevel', 'warn'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  }),
]

/** Whichever ends first takes the other with it; the process ends when both have. */
for (const program of programs) {
  program.on('exit', (code) => {
    process.exitCode ||= code ?? 0
    for (const other of programs) if (other.exitCode === null && other.signalCode === null) other.kill('SIGTERM')
  })
}
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const program of programs) program.kill(signal)
  })
}
