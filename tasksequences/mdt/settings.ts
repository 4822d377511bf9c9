import type { Sentence } from '../../text/sentence.ts'
import type { RemarkCode } from './remarks.ts'

/** What a property of MDT's rules says ("Toolkit Reference", Properties; ZTIGather.xml). */
export type SettingMeaning =
  /** A value of Windows' own setup. */
  | { readonly is: 'windows'; readonly name: WindowsValue }
  | { readonly is: 'sequence' }
  | { readonly is: 'application' }
  | { readonly is: 'drivers' }
  | { readonly is: 'skipped-update' }
  | { readonly is: 'finish' }
  /** Leads to other sections or sources of values. */
  | { readonly is: 'way'; readonly to: 'section' | 'script' | 'database' | 'web-service' }
  | { readonly is: 'left'; readonly code: PlainCode }
  | { readonly is: 'etabli'; readonly what: Sentence }
  /** Nothing of MDT's own: a variable of the share if it is declared as one. */
  | { readonly is: 'unknown' }

/** Values of Windows’ own setup that rules give. */
export type WindowsValue = 'computerName' | 'locale' | 'language' | 'keyboard' | 'timezone'

type PlainCode = Extract<
  RemarkCode,
  | 'MDT_SETTING_WIZARD'
  | 'MDT_SETTING_SECRET'
  | 'MDT_SETTING_ADMINISTRATOR'
  | 'MDT_SETTING_DOMAIN'
  | 'MDT_SETTING_NONE'
  | 'MDT_STEP_USER_STATE'
  | 'MDT_STEP_CAPTURE'
  | 'MDT_STEP_BITLOCKER'
  | 'MDT_STEP_NETWORK'
  | 'MDT_STEP_SERVER_ROLE'
  | 'MDT_STEP_POLICY_PACK'
  | 'MDT_STEP_LANGUAGE'
>

const because = {
  share: { fr: 'les postes n’ouvrent pas de partage', en: 'machines open no share' },
  monitoring: { fr: 'chaque poste se suit sur le tableau de bord', en: 'each machine is followed on the dashboard' },
  logs: { fr: 'le journal est sur le serveur', en: 'the log is on the server' },
  installs: { fr: 'une séquence qui installe le fait toujours', en: 'a sequence that installs always does' },
  timezone: {
    fr: 'le fuseau est dit par son nom (TimeZoneName)',
    en: 'the time zone is said by its name (TimeZoneName)',
  },
  sequence: { fr: 'la séquence choisie le dit', en: 'the chosen sequence says it' },
  blank: { fr: 'Établi prépare toujours un PC neuf', en: 'Établi always prepares a blank PC' },
  partitions: { fr: 'la séquence dit ses partitions', en: 'the sequence says its partitions' },
} satisfies Record<string, Sentence>

const left = (code: PlainCode): SettingMeaning => ({ is: 'left', code })
const etabli = (what: keyof typeof because): SettingMeaning => ({ is: 'etabli', what: because[what] })
const windows = (name: WindowsValue): SettingMeaning => ({ is: 'windows', name })

/** In small letters; the first that fits decides. What holds a secret comes before what it belongs to. */
const meanings: ReadonlyArray<readonly [RegExp, SettingMeaning]> = [
  [/^skip\w+$/, left('MDT_SETTING_WIZARD')],
  [/^adminpassword$/, left('MDT_SETTING_ADMINISTRATOR')],
  [/password|passphrase|productkey|^bdepin$|^bderecoverykey$|^recoverykey|^(db|sql)?pwd$/, left('MDT_SETTING_SECRET')],
  [/^(osdcomputername|computername|hostname)$/, windows('computerName')],
  [/^userlocale$/, windows('locale')],
  [/^uilanguage$/, windows('language')],
  [/^keyboardlocale$/, windows('keyboard')],
  [/^(timezonename|osdtimezone)$/, windows('timezone')],
  [/^timezone$/, etabli('timezone')],
  [/^tasksequenceid$/, { is: 'sequence' }],
  [/^(mandatory)?applications\d{1,4}$/, { is: 'application' }],
  [/^(driver(group|paths?)\d{1,4}|driverselectionprofile|driverinjectionmode)$/, { is: 'drivers' }],
  [/^wumu_exclude(kb|id)\d{1,4}$/, { is: 'skipped-update' }],
  [/^finishaction$/, { is: 'finish' }],
  [/^subsection$/, { is: 'way', to: 'section' }],
  [/^userexit$/, { is: 'way', to: 'script' }],
  [
    /^(sqlserver|instance|database|dbid|netlib|sqlshare|table|storedprocedure|parametercondition|order)$/,
    { is: 'way', to: 'database' },
  ],
  [/^webservice$/, { is: 'way', to: 'web-service' }],
  [/^parameters$/, { is: 'way', to: 'database' }],
  [/^(deployroot|userid|userdomain|usercredentials|wizardselectionprofile)$/, etabli('share')],
  [/^(eventservice|eventshare|event)$/, etabli('monitoring')],
  [/^(slshare|slsharedynamiclogging|debug|logpath)$/, etabli('logs')],
  [/^osinstall$/, etabli('installs')],
  [/^(buildid|osguid|packages\d{1,4}|languagepacks\d{1,4})$/, etabli('sequence')],
  [/^(deploymenttype|deploymentmethod)$/, etabli('blank')],
  [
    /^(donotcreateextrapartition|osddiskindex|osdpartition\w*|destinationdisk|destinationpartition|destination\w*|wipedisk)$/,
    etabli('partitions'),
  ],
  [
    /^(hideshell|wizard\w*|_smstsorgname|_smstspackagename|disabletaskmgr|bitsperpel|vrefresh|[xy]resolution|keyboardlocalepe|inputlocalepe)$/,
    left('MDT_SETTING_WIZARD'),
  ],
  [
    /^(joindomain|joinworkgroup|domain\w*|machineobjectou|osddomain\w*|osdjoin\w*|osdworkgroup\w*)$/,
    left('MDT_SETTING_DOMAIN'),
  ],
  [
    /^(userdata\w*|usmt\w*|udshare|uddir|udprofiles|scanstateargs|loadstateargs|capturegroups|computerbackuplocation|statepath|datapath)$/,
    left('MDT_STEP_USER_STATE'),
  ],
  [/^(docapture|backup\w*|captur\w*)$/, left('MDT_STEP_CAPTURE')],
  [/^(bde\w*|bitlocker\w*|osdbitlocker\w*|tpmownerpassword|adbackup|waitforencryption)$/, left('MDT_STEP_BITLOCKER')],
  [/^(osdadapter\w*|ipaddress\w*|oobipaddress|gateways?|dnsservers?)$/, left('MDT_STEP_NETWORK')],
  [
    /^(osrole\w*|osfeatures?\w*|childname|dhcp\w*|adds\w*|dns\w*|replica\w*|sysvol\w*|sitename|forestlevel|newdomain\w*|parentdomain\w*)$/,
    left('MDT_STEP_SERVER_ROLE'),
  ],
  [/^(applygpopack|gpopackpath)$/, left('MDT_STEP_POLICY_PACK')],
  [/^(languagepack\w*)$/, left('MDT_STEP_LANGUAGE')],
  [
    /^(wsusserver|wutargetgroup|orgname|fullname|home_page|administrators\d*|powerusers\d*|resource\w*|xml\w*)$/,
    left('MDT_SETTING_NONE'),
  ],
]

/** What a setting says, by its name. Total. */
export function settingMeaning(name: string): SettingMeaning {
  const key = name.trim().toLowerCase()
  return meanings.find(([pattern]) => pattern.test(key))?.[1] ?? { is: 'unknown' }
}
