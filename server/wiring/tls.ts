import { X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { agentServerName } from '../../agent/protocol/key-pin.ts'
import { connectionsCheckingInterval } from '../api/application.ts'
import { SpelledResponse } from '../api/header-spelling.ts'
import { tlsEndpoint, type Config } from '../configuration/read.ts'
import { portError } from '../tls/errors.ts'
import { openIdentity, type Identity, type KeyAndCertificate } from '../tls/identity.ts'
import { readOperatorCertificate } from '../tls/operator-certificate.ts'

/** How often it is seen whether a certificate has to be shown anew. */
const lookMs = 3600_000
/** A client that does not finish its handshake holds a socket and nothing else. */
const handshakeMs = 10_000

/**
 * Opens the key that agents know the server by; its certificate names every way that leads here.
 *
 * @throws TlsError
 */
export function openServerIdentity(
  config: Config,
  { address, log, now }: { address: string | null; log: Logger; now: () => Date },
): Promise<Identity> {
  const host = config.publicUrl === null ? null : new URL(config.publicUrl).hostname
  const names = [hostname(), 'localhost', '127.0.0.1', address, host, agentServerName]
  return openIdentity(join(resolve(config.dataDir), 'tls'), {
    names: [...new Set(names)].filter(isName),
    now,
    onOpenKey: (file, mode) => log.warn({ code: 'TLS_KEY_OPEN_TO_OTHERS', file, mode }, 'the server’s key'),
  })
}

/** What a person compares with what the browser shows at the first visit. */
export function fingerprintOf(identity: Identity, config: Pick<Config, 'tls.certificate'>): string | null {
  return config['tls.certificate'] === null ? new X509Certificate(identity.current().cert).fingerprint256 : null
}

/** What we have a certificate name: host names of ASCII letters, digits and hyphens (RFC 5280 §4.2.1.6), and IPv4 addresses. */
function isName(name: string | null): name is string {
  return name !== null && /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(name)
}

/**
 * Speaks TLS 1.3 for an application that listens on plain HTTP already. Agents ask for `agentServerName` and are shown the
 * pinned key; everybody else gets the operator's certificate where there is one. Both are looked at again every hour.
 *
 * @throws TlsError when the port cannot be opened.
 */
export async function listenTls(
  app: FastifyInstance,
  config: Config,
  opened: AsyncDisposableStack,
  { identity, log }: { identity: Identity; log: Logger },
): Promise<Server> {
  const shown = (pair: KeyAndCertificate) => ({ ...pair, minVersion: 'TLSv1.3' as const })
  const { 'tls.certificate': certificate, 'tls.key': key } = config
  const forBrowsers = async (): Promise<KeyAndCertificate> =>
    certificate === null || key === null ? identity.current() : readOperatorCertificate({ certificate, key })
  let ours = createSecureContext(shown(identity.current()))
  let theirs = await forBrowsers()
  const server = createServer(
    {
      ...shown(theirs),
      handshakeTimeout: handshakeMs,
      ServerResponse: SpelledResponse,
      connectionsCheckingInterval,
      SNICallback: (name, answer) => answer(null, name === agentServerName ? ours : undefined),
    },
    (request, response) => app.routing(request, response),
  )
  const { requestTimeout, headersTimeout, keepAliveTimeout, timeout, maxRequestsPerSocket } = app.server
  Object.assign(server, { requestTimeout, headersTimeout, keepAliveTimeout, timeout, maxRequestsPerSocket })
  const renew = async (): Promise<void> => {
    if (await identity.renew()) {
      ours = createSecureContext(shown(identity.current()))
      log.info('the certificate was made anew, with the same key')
    }
    const latest = await forBrowsers()
    if (latest.cert === theirs.cert && latest.key === theirs.key) return
    server.setSecureContext(shown(latest))
    theirs = latest
  }
  const look = setInterval(() => {
    renew().catch((error: unknown) => log.error({ err: error }, 'the certificate'))
  }, lookMs)
  opened.defer(() => clearInterval(look))
  await listening(server, tlsEndpoint(config))
  return server
}

function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, `${host}:${port}`)))
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}
