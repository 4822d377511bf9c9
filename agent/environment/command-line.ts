/** The server's address: `etabli.server=http://10.0.0.1:8080` on the kernel command line, else the environment's; null without a usable one. */
export function serverFrom(kernelCommandLine: string, environment: string | undefined): URL | null {
  const words = kernelCommandLine.split(/\s+/).filter((word) => word.startsWith('etabli.server='))
  // Later words win, as with the kernel's own.
  const text = words.at(-1)?.slice('etabli.server='.length) ?? environment ?? ''
  const url = URL.parse(text)
  return url !== null && url.protocol === 'http:' ? url : null
}
