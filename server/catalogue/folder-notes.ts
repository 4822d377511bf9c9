import type { Sentence } from '../../text/sentence.ts'

/** The folders of the data folder that people fill. */
export type FolderKind = 'software' | 'drivers' | 'updates' | 'debloat'

/** The note that says what goes into each folder; listings pass it over. */
export const noteName = 'LISEZMOI-README.txt'

/** What goes into each folder, for whoever opens it. */
export const notes: Readonly<Record<FolderKind, Sentence>> = {
  software: {
    fr: `Logiciels. Un dossier par logiciel, nommé en minuscules, chiffres et tirets.

  software/teamviewer-host/TeamViewer_Host.msi    Établi connaît ce logiciel : l’installateur suffit.
  software/mon-outil/manifest.yaml                Un autre : décrivez-le, à côté de son installateur.
  software/mon-outil/setup.exe

La page Catalogue dit ce qui manque, et où prendre l’installateur. Rien d’autre à faire : le dossier est relu à chaque fois.
`,
    en: `Software. A folder for each package, named in small letters, digits and hyphens. For a package Établi knows the
installer is enough; describe any other in a manifest.yaml beside its installer. The Catalogue page says what is missing.
`,
  },
  drivers: {
    fr: `Pilotes. Un dossier par lot, décompressé, avec ses fichiers .inf où qu’ils soient.

  drivers/NUC13/LAN/e2fn.inf
  drivers/NUC13/pack.yaml         facultatif : les cartes mères pour lesquelles le lot est fait
      models:
        - { manufacturer: Intel Corporation, product: NUC13ANBi5 }

Chaque poste reçoit les pilotes qui correspondent à ses périphériques, avec tout ce qui se trouve dans le dossier de leur
.inf et en dessous. Un installateur .exe ne sert à rien ici : décompressez-le.
`,
    en: `Drivers. A folder for each pack, unpacked, its .inf files anywhere below. Each machine gets the drivers that match its
devices, with everything in the folder of their .inf and below it. A setup .exe is of no use here: unpack it.
`,
  },
  updates: {
    fr: `Mises à jour (.msu ou .cab) du catalogue Microsoft Update, installées avant celles d’Internet.

  updates/windows11.0-kb5058411-x64_….msu         une mise à jour seule
  updates/24H2/…kb5043080….msu                    un dossier : la mise à jour et celles dont elle dépend
  updates/24H2/…kb5058411….msu                    (points de contrôle) ; la plus récente est installée
  updates/KB5058411 26100.4061/…                  un dossier nommé aussi par la version à laquelle elle mène

Ne renommez pas les fichiers : leur nom dit à quel Windows ils sont destinés. La version, comme 26100.4061, suit le titre
dans le catalogue Microsoft Update : quand le nom du dossier la donne, le contrôle exige au moins elle d’un tel Windows.
`,
    en: `Updates (.msu or .cab) from the Microsoft Update Catalog, installed before those of the Internet. A folder holds an update
with the checkpoint updates it builds on; the newest is installed. Keep the names: they say which Windows they are for. A folder
that is also named by the build the update leads to, as in "KB5058411 26100.4061", has the check expect no less of such a Windows.
`,
  },
  debloat: {
    fr: `Profils de nettoyage. Un fichier .yaml par profil : ce qui est retiré de Windows, avec la raison de chacun.

  debloat/notre-profil.yaml
      name: Notre profil
      items:
        - { kind: appx, name: Microsoft.BingNews, why: { fr: Publicité, en: Advertising } }

Un fichier du même nom qu’un profil fourni passe avant lui.
`,
    en: `Debloat profiles. A .yaml file for each: what is removed from Windows, with a reason for each thing. A file of the same
name as a shipped profile wins over it.
`,
  },
}
