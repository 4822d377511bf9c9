/**
 * Apps that Windows fetches again at the first start of its owner, though they were removed: the Update Orchestrator has a
 * task for each, by this name, since 23H2 (Microsoft, "Control the installation and use of the new Outlook": delete
 * `OutlookUpdate` below `UScheduler_Oobe`). TFL is "Teams for life", the private Teams.
 */
const tasks: ReadonlyMap<string, readonly string[]> = new Map([
  ['microsoft.outlookforwindows', ['OutlookUpdate', 'MS_Outlook']],
  ['microsoft.windows.devhome', ['DevHomeUpdate']],
  ['msteams', ['TFLUpdate']],
  ['microsoftteams', ['TFLUpdate']],
])

/** For each of these apps that would come back, the orchestrator's tasks that bring it. Pure. */
export function tasksThatBring(apps: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    apps.flatMap((name) => {
      const bringing = tasks.get(name.toLowerCase())
      return bringing === undefined ? [] : [[name, bringing]]
    }),
  )
}
