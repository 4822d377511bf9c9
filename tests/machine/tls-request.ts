import { request } from 'node:https'
import { agentServerName } from '../../agent/protocol/key-pin.ts'

export type TlsRequest = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array }

/**
 * A request over TLS with whatever certificate the server shows: `fetch` with Node's own list of authorities would refuse
 * one that signs itself. Whether it is the right one is for other tests.
 */
export function tlsFetch(url: string, { method = 'GET', headers = {}, body }: TlsRequest = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const options = { method, headers: { ...headers, ...length }, rejectUnauthorized: false, agent: false as const }
    const sent = request(url, { ...options, servername: agentServerName }, (answer) => {
      const chunks: Uint8Array[] = []
      answer.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () => {
        const all = new Headers()
        for (const [name, values] of Object.entries(answer.headersDistinct))
          for (const value of values ?? []) all.append(name, value)
        const bytes = chunks.length === 0 ? null : Buffer.concat(chunks)
        resolve(new Response(bytes, { status: answer.statusCode ?? 500, headers: all }))
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
