import type { Sentence } from '../../text/sentence.ts'
import type { InstallerFamily } from './family.ts'

/** How an installer is told to ask nothing, what it answers, and what a technician has to know about it. */
export type Silence =
  | {
      readonly known: true
      /** The family as its makers call it. */
      readonly title: string
      readonly arguments: readonly string[]
      /** What makes it install for every user where it would do so for the one who runs it; empty where nothing does. */
      readonly machineWide: readonly string[]
      readonly success: readonly number[]
      /** Installed, and Windows has to restart. */
      readonly restart: readonly number[]
      /** Where its makers say so. */
      readonly source: string
      readonly toKnow: readonly Sentence[]
    }
  | { readonly known: false; readonly title: string | null; readonly toKnow: readonly Sentence[] }

/** ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_REBOOT_INITIATED (winerror.h). */
const installerRestarts = [3010, 1641] as const

const takeMsiOut: Sentence = {
  fr: 'Il contient un MSI : sortez-le avec 7-Zip et faites-en le logiciel, il se détecte et se répare mieux.',
  en: 'It holds an MSI: take that out with 7-Zip and make it the package, it is detected and mended better.',
}

/** The silent arguments of a family, or that they are not known. Pure. */
export function silenceOf(installer: InstallerFamily): Silence {
  switch (installer.family) {
    case 'inno':
      return innoSilence(installer.version)
    case '7-zip':
      return installer.does === 'unpack' ? onlyUnpacks('7-Zip SFX') : startsAnother
    case 'winrar':
      return onlyUnpacks('WinRAR SFX')
    case 'msi-inside':
      return { known: false, title: null, toKnow: [takeMsiOut] }
    case 'unknown':
      return { known: false, title: null, toKnow: [lookItUp] }
    default:
      return silences[installer.family]
  }
}

const lookItUp: Sentence = {
  fr: 'Famille inconnue : cherchez « silent install » chez l’éditeur, ou demandez-lui un MSI. Un mauvais argument ouvre une fenêtre que personne ne ferme.',
  en: 'Unknown family: look for “silent install” at the maker’s, or ask for an MSI. A wrong argument opens a window that nobody closes.',
}

/** "Setup Command Line Parameters" and "Setup Exit Codes" of Inno Setup's help; 8: a restart is needed before it can install. */
function innoSilence(version: string | null): Silence {
  const major = Number(version?.split('.')[0] ?? 6)
  return {
    known: true,
    title: version === null ? 'Inno Setup' : `Inno Setup ${version}`,
    arguments: ['/VERYSILENT', '/SUPPRESSMSGBOXES', '/SP-', '/NORESTART', '/RESTARTEXITCODE=3010'],
    machineWide: major >= 6 ? ['/ALLUSERS'] : [],
    success: [0],
    restart: [3010],
    source: 'jrsoftware.org, “Setup Command Line Parameters”, “Setup Exit Codes”',
    toKnow: [
      {
        fr: 'La clé de désinstallation porte l’AppId suivi de « _is1 », que l’éditeur choisit : relevez-la sur un poste après une première installation.',
        en: 'The uninstall key is the AppId with “_is1” behind it, which the maker chooses: read it on a machine after a first installation.',
      },
    ],
  }
}

function onlyUnpacks(title: string): Silence {
  return {
    known: false,
    title,
    toKnow: [
      {
        fr: 'Cette archive se déballe seule et n’installe peut-être rien : ouvrez-la avec 7-Zip et prenez le programme qui est dedans.',
        en: 'This archive unpacks itself and may install nothing: open it with 7-Zip and take the program inside.',
      },
    ],
  }
}

const startsAnother: Silence = {
  known: false,
  title: '7-Zip SFX',
  toKnow: [
    {
      fr: 'Il déballe un autre programme et le lance avec ses propres arguments : ouvrez-le avec 7-Zip et reconnaissez celui qui est dedans.',
      en: 'It unpacks another program and starts it with its own arguments: open it with 7-Zip and see what is inside.',
    },
  ],
}

type Fixed = Exclude<InstallerFamily['family'], 'inno' | '7-zip' | 'winrar' | 'msi-inside' | 'unknown'>

const silences: Readonly<Record<Fixed, Silence>> = {
  nsis: {
    known: true,
    title: 'NSIS',
    arguments: ['/S'],
    machineWide: ['/AllUsers'],
    success: [0],
    restart: [],
    source: 'nsis.sourceforge.io, “Installer Usage”, “Error Levels”, MultiUser',
    toKnow: [
      {
        fr: '« /S » s’écrit en majuscule. Le programme rend 1 si l’on annule, 2 si son script s’arrête.',
        en: '“/S” is a capital letter. The program answers 1 when cancelled, 2 when its script stops.',
      },
    ],
  },
  burn: {
    known: true,
    title: 'WiX Burn',
    arguments: ['/install', '/quiet', '/norestart'],
    machineWide: [],
    success: [0],
    restart: installerRestarts,
    source: 'wixtoolset.org, “WixStandardBootstrapperApplication”',
    toKnow: [
      {
        fr: 'Il rend 1638 quand une version plus récente est déjà là : ajoutez-le à « success » si cela vous convient.',
        en: 'It answers 1638 when a newer version is there already: add it to “success” if that suits you.',
      },
    ],
  },
  installshield: {
    known: true,
    title: 'InstallShield',
    // The quotation marks are InstallShield's own syntax: what they hold goes to msiexec.
    arguments: ['/s', '/v"/qn REBOOT=ReallySuppress"'],
    machineWide: ['/v"ALLUSERS=1"'],
    success: [0],
    restart: installerRestarts,
    source: 'docs.revenera.com, “Setup.exe and Update.exe Command-Line Parameters”',
    toKnow: [
      {
        fr: 'Ces arguments valent pour un projet qui contient un MSI. Un projet InstallScript demande un fichier de réponses : lancez une fois « setup.exe /r », puis déposez le setup.iss avec lui et mettez « /s /f1"${packageFolder}\\setup.iss" ». Il rend parfois 0 sans avoir rien installé.',
        en: 'These arguments are for a project with an MSI inside. An InstallScript project wants a response file: run “setup.exe /r” once, put the setup.iss beside it and use “/s /f1"${packageFolder}\\setup.iss"”. It sometimes answers 0 having installed nothing.',
      },
    ],
  },
  'advanced-installer': {
    known: true,
    title: 'Advanced Installer',
    arguments: ['/exenoui', '/qn', '/norestart'],
    machineWide: ['ALLUSERS=1'],
    success: [0],
    restart: installerRestarts,
    source: 'advancedinstaller.com, “EXE Setup File Command Line Parameters”',
    toKnow: [takeMsiOut],
  },
  squirrel: {
    known: true,
    title: 'Squirrel',
    arguments: ['--silent'],
    machineWide: [],
    success: [0],
    restart: [],
    source: 'github.com/Squirrel/Squirrel.Windows, docs',
    toKnow: [
      {
        fr: 'Il n’installe que pour celui qui le lance, ici le système : aucun client ne le verrait. Prenez le MSI que l’éditeur réserve aux entreprises.',
        en: 'It installs only for the one who runs it, here the system: no customer would see it. Take the MSI that the maker has for enterprises.',
      },
    ],
  },
  chromium: {
    known: true,
    title: 'Chromium',
    arguments: ['--do-not-launch-chrome'],
    machineWide: ['--system-level'],
    success: [0],
    restart: [],
    source: 'chromium.org, chrome/installer, `installer_constants`',
    toKnow: [],
  },
  omaha: {
    known: true,
    title: 'Google Update (Omaha)',
    arguments: ['/silent', '/install'],
    machineWide: [],
    success: [0],
    restart: installerRestarts,
    source: 'github.com/google/omaha, “Omaha Overview”',
    toKnow: [
      {
        fr: 'Le petit programme télécharge le reste : il demande Internet. Pour un poste sans réseau, prenez le MSI « Entreprise ».',
        en: 'The small program downloads the rest: it needs the Internet. For a machine without a network take the “Enterprise” MSI.',
      },
    ],
  },
  iexpress: {
    known: true,
    title: 'IExpress',
    arguments: ['/Q:A', '/R:N'],
    machineWide: [],
    success: [0],
    restart: [3010],
    source: 'Microsoft KB 197147',
    toKnow: [
      {
        fr: 'Il lance une commande qui est dedans : c’est elle qui doit se taire, ouvrez-le avec 7-Zip pour la voir.',
        en: 'It runs a command that it holds: that one has to be silent, open it with 7-Zip to see it.',
      },
    ],
  },
}
