import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

/** Where `npm run dev` lets the server listen; the dashboard's own server passes on what is not its to answer. */
const serverPort = /:(\d+)$/.exec(process.env['ETABLI_LISTEN'] ?? '')?.[1] ?? '8080'

const french = /^fr/i.test(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '')

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

/** Builds the dashboard into `build/dashboard`, which the server serves as it is. */
export default defineConfig({
  root: 'server/dashboard',
  plugins: [svelte({ configFile: false }), address],
  build: { outDir: '../../build/dashboard', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
  server: {
    proxy: {
      // The dashboard's own api/*.ts are Vite's to serve. The host stays as the browser wrote it: the server compares it
      // with the page's origin.
      '^/api/(?!\\w+\\.ts)': { target: `http://127.0.0.1:${serverPort}`, changeOrigin: false },
    },
  },
  clearScreen: false,
})
