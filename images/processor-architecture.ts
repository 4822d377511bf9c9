/** The processors that Windows 10 and 11 run on. */
export type ProcessorArchitecture = 'x64' | 'x86' | 'arm64'
