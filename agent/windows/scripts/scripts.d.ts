/** A script's text: the builder puts it into the executable (rolldown), vitest.config.ts gives it to the tests. */
declare module '*.ps1' {
  const text: string
  export default text
}
