// Loaded before the agent (`--import`): the path Windows would give it, which it writes into its start-up task.
Object.defineProperty(process, 'execPath', { value: 'C:\\ProgramData\\Etabli\\etabli-agent.exe' })
