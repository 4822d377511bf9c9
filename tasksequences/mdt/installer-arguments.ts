import { bare } from './command-line.ts'

/** What `msiexec` gets from Établi anyway: how quiet it is, that it does not restart, and its log. */
const msiOwn = /^[/-](q[nbrf]?[-+!]*|quiet|passive|norestart|promptrestart|forcerestart)$/i
const msiLog = /^[/-](l[a-z*+!]*|log)$/i

/** The arguments of `msiexec` that are the package's own: its properties and transforms. */
export function msiArguments(words: readonly string[]): string[] {
  return words.filter(
    (word, index) =>
      !msiOwn.test(word) &&
      !msiLog.test(word) &&
      !msiLog.test(words[index - 1] ?? '') &&
      !/^REBOOT="?R(eallySuppress)?"?$/i.test(word),
  )
}

/**
 * Arguments of a set-up program. Quotation marks around a whole argument go, since Établi puts them where they are needed;
 * within one they stay as the program wants them.
 */
export function installerArguments(words: readonly string[]): string[] {
  return words.map((word) => (/^"[^"]*"$/.test(word) ? bare(word) : word)).filter((word) => word !== '')
}

const silent =
  /^(?:[/-]{1,2})(s|q|qn|qb|sp-|silent|verysilent|quiet|passive|unattended|unattend|ms|msi|configure|config|adminfile|silentinstall|install=agent|mode=silent|exenoui|noninteractive)\b|\/qn|silent|quiet/i

/** Whether anything in the arguments is known to keep an installer from asking. */
export function isSilent(words: readonly string[]): boolean {
  return words.some((word) => silent.test(word))
}
