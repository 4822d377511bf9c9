import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { preferredLanguage } from './language.ts'
import { notFound } from './refusals.ts'

/** Addresses that belong to programs: an unknown one is an error and never the dashboard's page. */
const programs = /^\/(api|agent|boot|assets)(\/|$|\?)|^\/(healthz|metrics)$/
const yearSeconds = 31_536_000

/**
 * Serves the built dashboard; every address that is no file is one of its pages (they are drawn in the browser).
 *
 * @param directory of the build; without it a page says how to make it.
 */
export async function serveDashboard(app: FastifyInstance, directory: string): Promise<void> {
  const root = resolve(directory)
  const built = existsSync(join(root, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root,
      index: ['index.html'],
      cacheControl: false,
      // vite.config.ts puts a .br and a .gz beside each file.
      preCompressed: true,
      setHeaders(reply, path) {
        // Vite names what lies in assets/ by its content.
        const lasting = path.startsWith(join(root, 'assets'))
        reply.header('cache-control', lasting ? `public, max-age=${yearSeconds}, immutable` : 'no-cache')
      },
    })
  } else {
    app.get('/', { schema: { hide: true } }, (request, reply) =>
      reply.type('text/html; charset=utf-8').send(placeholder(preferredLanguage(request.headers['accept-language']))),
    )
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !programs.test(request.url) && !/\.\w+$/.test(request.url)
    if (!built || !isPage) return notFound(request, reply)
    return reply.sendFile('index.html')
  })
}

function placeholder(language: 'fr' | 'en'): string {
  const text = {
    fr: 'Le serveur marche. Le tableau de bord n’est pas encore construit : lancez « npm run build ».',
    en: 'The server runs. The dashboard is not built yet: run "npm run build".',
  }[language]
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Établi</title><p>${text}</p></html>`
}
