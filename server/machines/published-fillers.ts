/**
 * What boards say where nobody programmed anything, as others have published it: FreeBSD (rc.d/hostid), GLPI (Blacklist),
 * OCS Inventory, systemd's and FOG's reports. Letters and digits only, in lower case: makers spell each in many ways.
 */
export const fillerSerials: ReadonlySet<string> = new Set([
  'assettag',
  'baseboardserialnumber',
  'chassisserialnumber',
  'default',
  'defaultstring',
  'dell',
  'empty',
  'enterserial',
  'enterserialnumber',
  'eval',
  'fillbyoem',
  'iatpass',
  'invalid',
  'na',
  'noenclosure',
  'none',
  'none1',
  'noserialnumber',
  'notapplicable',
  'notavailable',
  'notpresent',
  'notprovided',
  'notset',
  'notsettable',
  'notspecified',
  'null',
  'nullstring',
  'oem',
  'oemid',
  'oemserial',
  'serial',
  'serialnumber',
  'sn123456fvgv3i0b8o5n6n7k',
  'string',
  'systemserialnumb',
  'systemserialnumber',
  'tulipcomputers',
  'type1systemserialnumber',
  'type2boardserialnumber',
  'undefined',
  'unknow',
  'unknown',
])

/** What begins a serial number that is none, whatever follows: "To be filled by O.E.M. by More String". */
export const fillerBeginnings: readonly string[] = ['tobefilled', 'tobeset']

/** UUIDs that whole batches of boards share; each counts in both byte orders. */
export const fillerUuids: ReadonlySet<string> = new Set([
  // AMI's reference firmware.
  '03000200-0400-0500-0006-000700080009',
  '07090201-0103-0301-0807-060504030201',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  // A Dell board whose service tag was never written: seven spaces. Every other UUID that begins with 4c4c4544 is real.
  '4c4c4544-0000-2010-8020-80c04f202020',
  '6ab5b300-538d-1014-9fb5-b0684d007b53',
  '890e2d14-cacd-45d1-ae66-bc80e8bfeb0f',
  '8e275844-178f-44a8-aceb-a7d7e5178c63',
  'dc698397-fa54-4cf2-82c8-b1b5307a6a7f',
])

/** Addresses of unprogrammed chips (Realtek's and others'), and of adapters that software makes the same on every machine. */
export const fillerMacs: ReadonlySet<string> = new Set([
  '00:0b:ca:fe:00:00',
  '00:a0:c6:00:00:00',
  '00:e0:4c:00:00:00',
  '00:e0:4c:68:00:01',
  '02:00:4e:43:50:49',
  '02:80:37:ec:02:00',
  '0a:00:27:00:00:00',
  '20:41:53:59:4e:ff',
  '24:b6:20:52:41:53',
  '50:50:54:50:30:30',
  '88:88:88:88:87:88',
  'd2:0a:2d:a0:04:be',
  'd2:6b:25:2f:2c:e7',
  'e2:e6:16:20:0a:35',
  'fe:ff:ff:ff:ff:ff',
])

/** VMware's host-only and NAT adapters, numbered from 1 on each machine. */
export const fillerMacBeginning = '00:50:56:c0:'
