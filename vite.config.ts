import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { operatorLanguage } from './text/operator-language.ts'

/** Where `npm run dev` lets the server listen; the dashboard's own server passes on what is not its to answer. */
const serverPort = /:(\d+)$/.exec(process.env['ETABLI_LISTEN'] ?? '')?.[1] ?? '8080'

const french = operatorLanguage(process.env) === 'fr'

/** Says in one line where the dashboard is that reloads. */
const address: Plugin = {
  name: 'etabli-address',
  configureServer(server) {
    server.printUrls = () => {
      const what = french ? 'tableau de bord, rechargé à chaque changement :' : 'dashboard, reloaded at each change:'
      process.stderr.write(`etabli: ${what} ${server.resolvedUrls?.local[0] ?? ''}\n`)
    }
  },
}

/** Below this the headers of a response weigh more than what compression saves. */
const worthCompressing = 1024

/** Puts a `.br` and a `.gz` beside each text file, so that the server compresses nothing while it serves. */
const precompressed: Plugin = {
  name: 'etabli-precompressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const [name, file] of Object.entries(bundle)) {
      const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      if (!/\.(html|js|css|svg|json)$/.test(name) || content.length < worthCompressing) continue
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content))
      writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }))
    }
  },
}

/** Builds the dashboard into `build/dashboard`, which the server serves as it is. */
export default defineConfig({
  root: 'server/dashboard',
  plugins: [svelte({ configFile: false }), address, precompressed],
  build: {
    outDir: '../../build/dashboard',
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    // A slow machine is no fault of the build's.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: {
      // The dashboard's own api/*.ts are Vite's to serve. The host stays as the browser wrote it: the server compares it
      // with the page's origin.
      '^/api/(?!\\w+\\.ts)': { target: `http://127.0.0.1:${serverPort}`, changeOrigin: false },
    },
  },
  clearScreen: false,
})
