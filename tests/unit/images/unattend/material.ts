import type { AnswerFileSettings } from '../../../../images/unattend/settings.ts'

/** What the workshop usually asks for; a test changes what it is about. */
export const usual: AnswerFileSettings = {
  computerName: 'ATELIER-0042',
  timeZone: 'Romance Standard Time',
  language: 'fr-FR',
  locale: 'fr-FR',
  keyboard: '040c:0000040c',
  account: { kind: 'local', name: 'Client', displayName: 'Compte du client', password: 'Été-2026&<fin>' },
  productKey: null,
  oem: {
    manufacturer: 'L’Établi & Fils',
    model: 'NUC',
    supportPhone: '01 23 45 67 89',
    supportHours: '9 h – 18 h',
    supportUrl: 'https://etabli.example/aide?a=1&b=2',
  },
  deviceEncryption: 'prevented',
  oobe: 'hidden',
  specializeCommands: [{ path: 'cmd.exe /c "echo a > C:\\a.txt & echo b"', description: 'trace' }],
  agentStart: { path: 'C:\\Etabli\\agent.exe --specialize', description: 'Etabli' },
  firstLogonCommand: null,
  autoLogon: { times: 1 },
}

export const audit: AnswerFileSettings = { ...usual, account: { kind: 'audit' }, autoLogon: null }
