/** What the steps in Windows touch beside their context. */
export type WindowsDependencies = {
  /** The agent's own folder, `C:\\ProgramData\\Etabli`, which only SYSTEM and Administrators may read. */
  folder: string
  /** Keeps a file of these bytes, in a folder only SYSTEM may write to, for as long as `use` takes. */
  withFile<Value>(extension: string, bytes: Uint8Array, use: (file: string) => Promise<Value>): Promise<Value>
}
