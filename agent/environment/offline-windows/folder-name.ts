/** Names Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces"). */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/** Whether a text may be one folder's name in Windows: no path, no device, nothing Windows would change silently. */
export function isFolderName(name: string): boolean {
  if (name === '' || name.length > 128 || /[\\/:*?"<>|\u0000-\u001f]/.test(name)) return false
  return !/^\s|[. ]$/.test(name) && !device.test(name)
}
