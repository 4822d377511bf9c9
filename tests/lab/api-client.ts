/** The server's HTTP API as a script would use it. */
export type ApiClient = {
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
}

/** @throws Error with the status and the body of any answer that is not 2xx */
export async function signIn(url: string, password: string): Promise<ApiClient> {
  const response = await send(`${url}/api/session`, 'POST', {}, { user: 'admin', password })
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return {
    get: async (path) => (await send(`${url}${path}`, 'GET', { cookie })).json(),
    post: async (path, body) => (await send(`${url}${path}`, 'POST', { cookie }, body)).json(),
  }
}

async function send(url: string, method: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers: { ...headers, ...type }, ...json })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return response
}
