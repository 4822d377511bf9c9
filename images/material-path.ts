/** Names of devices, which Windows opens in place of a file of that name, whatever its extension. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
/** "Naming Files, Paths, and Namespaces": characters no name has, and ends that Windows cuts off. */
const unsafeName = /[\\/:*?"<>|\u0000-\u001f]|[. ]$/

const longestPath = 1024

/**
 * Whether a path, with `/`, stays inside the folder it is put into and names on Windows what it says. Files of drivers
 * and software are named so wherever they lie.
 */
export function isMaterialPath(path: string): boolean {
  if (path === '' || path.length > longestPath) return false
  return path.split('/').every((name) => name !== '' && !unsafeName.test(name) && !devices.test(name))
}
