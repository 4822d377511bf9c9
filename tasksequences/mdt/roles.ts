import type { MdtStep } from './task-sequence-file.ts'

const nameShape = /^[A-Za-z0-9_.-]{1,100}$/

/**
 * A script that adds or removes what MDT's "Install Roles and Features" lists: features of a client by DISM's cmdlets,
 * roles and features of a server by its own. Null when the step names none that has a name's form.
 */
export function rolesScript({ variables }: Pick<MdtStep, 'variables'>, way: 'add' | 'remove'): string | null {
  const names = ['osroles', 'osroleservices', 'osfeatures']
    .flatMap((list) => (variables.get(list) ?? '').split(/[,;\s]+/))
    .filter((name) => nameShape.test(name))
  if (names.length === 0) return null
  const list = [...new Set(names)].map((name) => `'${name}'`).join(', ')
  const [client, server] =
    way === 'add'
      ? [
          'Enable-WindowsOptionalFeature -Online -FeatureName $name -All -NoRestart',
          'Install-WindowsFeature -Name $name',
        ]
      : ['Disable-WindowsOptionalFeature -Online -FeatureName $name -NoRestart', 'Uninstall-WindowsFeature -Name $name']
  return [
    "$ErrorActionPreference = 'Stop'",
    `foreach ($name in ${list}) {`,
    `  if (Get-Command Install-WindowsFeature -ErrorAction SilentlyContinue) { ${server} | Out-Null }`,
    `  else { ${client} | Out-Null }`,
    '}',
  ].join('\n')
}
