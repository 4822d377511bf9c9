/** Object ids that mean the same in every store (bcdedit shows them by these names). */
export const wellKnown = {
  bootmgr: '9dea862c-5cdd-4e70-acc1-f32b344d4795',
  fwbootmgr: 'a5a30fa2-3d06-4e9f-b5f4-a01df9d1fcba',
  memdiag: 'b2721d73-1db4-4c62-bf78-c548a880142d',
  globalsettings: '7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e',
  bootloadersettings: '6efb52bf-1766-41db-a6b3-0ee5eff72bd7',
  resumeloadersettings: '1afa9c49-16ab-4a5c-901b-212802da9460',
  dbgsettings: '4636856e-540f-4170-a130-a84776f4c654',
  emssettings: '0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9',
  badmemory: '5189b25c-5558-4bf2-bca4-289b11bd29e2',
  hypervisorsettings: '7ff607e0-4395-11db-b0de-0800200c9a66',
  ramdiskoptions: 'ae5534e0-a924-466c-b836-758539a3ee3a',
} as const

/** Types of objects: what they describe, and who may take their elements over. */
export const objectTypes = {
  firmwareBootManager: 0x10100001,
  bootManager: 0x10100002,
  osloader: 0x10200003,
  resume: 0x10200004,
  memoryTester: 0x10200005,
  inheritableByAny: 0x20100000,
  inheritableByOsloader: 0x20200003,
  inheritableByResume: 0x20200004,
  deviceOptions: 0x30000000,
} as const

/** Element numbers by the names bcdedit prints (Microsoft Learn: BcdLibraryElementTypes, BcdOSLoaderElementTypes and others). */
export const elements = {
  device: 0x11000001,
  path: 0x12000002,
  description: 0x12000004,
  locale: 0x12000005,
  inherit: 0x14000006,
  debugPort: 0x15000011,
  displayMessageOverride: 0x15000066,
  recoveryEnabled: 0x16000009,
  allowBadMemory: 0x1600000b,
  emsEnabled: 0x16000020,
  isolatedContext: 0x16000060,
  allowedInMemorySettings: 0x17000077,
  /** Of an osloader the device of Windows, of a resume object the device of the hibernation file. */
  osdevice: 0x21000001,
  systemRoot: 0x22000002,
  bootDefault: 0x23000003,
  bootResume: 0x23000006,
  /** Of an osloader: the resume object that belongs to it. */
  associatedResume: 0x23000003,
  displayOrder: 0x24000001,
  toolsDisplayOrder: 0x24000010,
  timeout: 0x25000004,
  resumeBootMenuPolicy: 0x25000008,
  nx: 0x25000020,
  bootMenuPolicy: 0x250000c2,
  hypervisorDebugType: 0x250000f3,
  hypervisorDebugPort: 0x250000f4,
  hypervisorBaudRate: 0x250000f5,
  detectHal: 0x26000010,
  winpe: 0x26000022,
  emsInWinpe: 0x260000b0,
  ramdiskSdiDevice: 0x31000003,
  ramdiskSdiPath: 0x32000004,
  ramdiskTftpBlockSize: 0x35000007,
  ramdiskTftpWindowSize: 0x35000008,
} as const
