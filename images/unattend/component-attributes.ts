/** The passes of Windows' setup that our answer files speak to. */
export type Pass = 'specialize' | 'oobeSystem'

/** Attributes that bind a component to Windows' own for 64-bit Intel and AMD machines. */
export const componentAttributes: Readonly<Record<string, string>> = {
  processorArchitecture: 'amd64',
  publicKeyToken: '31bf3856ad364e35',
  language: 'neutral',
  versionScope: 'nonSxS',
}

export const unattendNamespaces: Readonly<Record<string, string>> = {
  xmlns: 'urn:schemas-microsoft-com:unattend',
  'xmlns:wcm': 'http://schemas.microsoft.com/WMIConfig/2002/State',
}
