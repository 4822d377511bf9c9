import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** Builds the dashboard into `build/dashboard`, which the server serves as it is. */
export default defineConfig({
  root: 'server/dashboard',
  plugins: [svelte({ configFile: false })],
  build: { outDir: '../../build/dashboard', emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  clearScreen: false,
})
