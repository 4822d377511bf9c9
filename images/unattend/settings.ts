/** The account Windows comes up with: a local administrator, or audit mode's built-in Administrator. */
export type Account =
  | { readonly kind: 'local'; readonly name: string; readonly displayName: string; readonly password: string }
  | { readonly kind: 'audit' }

/** A command of the specialize pass: runs as SYSTEM, before accounts exist, in the order given. */
export type SpecializeCommand = {
  /** At most 259 characters. */
  readonly path: string
  readonly description: string
}

/** What the shop leaves under "Support" in Settings › System › About; an empty text is left out. */
export type OemInformation = {
  readonly manufacturer: string
  readonly model: string
  readonly supportPhone: string
  readonly supportHours: string
  readonly supportUrl: string
}

/** Signs the local account on by itself, `times` times at least: Windows does it once more than the number says. */
export type AutoLogon = { readonly times: number }

/** Everything an answer file is made of. `validate` says what is wrong with it before it is written. */
export type AnswerFileSettings = {
  /** At most 15 characters, or `*` for a name of Windows' making. */
  readonly computerName: string
  /** Windows' name: `Romance Standard Time`. */
  readonly timeZone: string
  /** Language of the menus, one the image carries: `fr-FR`. */
  readonly language: string
  /** Formats of dates and numbers: `fr-FR`. */
  readonly locale: string
  /** `040c:0000040c`; `keyboardFor(locale)` knows the usual one. */
  readonly keyboard: string
  readonly account: Account
  /** Written as it is; null leaves the key to the firmware or the digital licence. `chooseKey` decides. */
  readonly productKey: string | null
  readonly oem: OemInformation | null
  /** Whether Windows may encrypt the disk by itself, as Windows 11 24H2 does on every machine it can. */
  readonly deviceEncryption: 'prevented' | 'allowed'
  /** `hidden` answers every page the workshop would have to click through. */
  readonly oobe: 'hidden' | 'shown'
  /** Before the agent's. */
  readonly specializeCommands: readonly SpecializeCommand[]
  /** Starts the agent from specialize; null when another road does. */
  readonly agentStart: SpecializeCommand | null
  /** One command, because Windows 10 and later do not promise an order between several; null for none. */
  readonly firstLogonCommand: string | null
  readonly autoLogon: AutoLogon | null
}
