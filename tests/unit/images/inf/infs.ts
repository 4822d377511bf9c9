/** INFs written for these tests, in the shape of Intel's. */

/** An Ethernet driver with a section per Windows generation, as e2fn has. */
export const ethernetInf = String.raw`; Réseau filaire
[Version]
Signature   = "$Windows NT$"
Class       = Net
ClassGuid   = {4D36E972-E325-11CE-BFC1-08002BE10318}
Provider    = %Maker%
CatalogFile = e2x.cat
DriverVer   = 03/21/2024,2.1.4.3
PnpLockdown = 1

[Manufacturer]
%Maker% = Maker, NTamd64.10.0, NTamd64.10.0.1..18362, NTamd64.10.0...22000

[Maker.NTamd64.10.0]
; first Windows 10

[Maker.NTamd64.10.0.1..18362]
; from 1903 until Windows 11

[Maker.NTamd64.10.0...22000]
%E15F3.Desc% = E15F3.Win11, PCI\VEN_8086&DEV_15F3&REV_03 ; Foxville
%E15F3.Desc% = E15F3.Win11, PCI\VEN_8086&DEV_15F3&SUBSYS_30040000&REV_03
%E125C.Desc% = E125C.Win11, PCI\VEN_8086&DEV_125C, \
               PCI\VEN_8086&CC_0200
[E125C.Win11]
ExcludeID = PCI\VEN_8086&DEV_125C&SUBSYS_00001849
[Strings]
Maker      = "Intel"
E15F3.Desc = "Intel(R) Ethernet Controller (3) I225-V"
E125C.Desc = "Intel(R) Ethernet Controller I226-V ""Foxville"""
[Strings.040C]
E15F3.Desc = "Contrôleur Ethernet Intel(R) (3) I225-V"
`

/** A display driver that creates a software component. */
export const graphicsInf = String.raw`[Version]
Signature="$WINDOWS NT$"
Class=Display
ClassGuid={4d36e968-e325-11ce-bfc1-08002be10318}
Provider=%I%
DriverVer=05/30/2024,32.0.101.5768
CatalogFile=gfx.cat
[Manufacturer]
%I%=Gfx,NTamd64.10.0...17134
[Gfx.NTamd64.10.0...17134]
"Intel(R) Iris(R) Xe Graphics" = iRPLPD_w10, PCI\VEN_8086&DEV_A7A0
[iRPLPD_w10.NTamd64]
FeatureScore=F6
[iRPLPD_w10.NTamd64.Components]
AddComponent = igcc,,igcc_Install
[igcc_Install]
ComponentIDs = VEN8086_IGCC
[Strings]
I="Intel Corporation"
`

/** An extension of the display driver. */
export const extensionInf = String.raw`[Version]
Signature="$WINDOWS NT$"
Class=Extension
ClassGuid={E2F84CE7-8EFA-411C-AA69-97454CA4CB57}
ExtensionId={E0C5E4C3-73D8-4A4B-9B54-8BF6A05E6D2F}
Provider="Intel"
DriverVer=05/30/2024,32.0.101.5768
CatalogFile.NTamd64=ext.cat
[Manufacturer]
"Intel"=Ext,NTamd64.10.0...17134
[Ext.NTamd64.10.0...17134]
"Extension" = Ext_Install, PCI\VEN_8086&DEV_A7A0
`

/** The software component the display driver creates. */
export const componentInf = String.raw`[Version]
Signature="$WINDOWS NT$"
Class=SoftwareComponent
ClassGuid={5C4C3332-344D-483C-8739-259E934C9CC8}
Provider="Intel"
DriverVer=05/01/2024,1.100.5688.0
[Manufacturer]
"Intel"=Igcc,NTamd64.10.0...17134
[Igcc.NTamd64.10.0...17134]
"Graphics Command Center" = Igcc_Install, SWC\VEN8086_IGCC
`

/** The shortest INF of a driver, for one id. */
export function shortInf({
  id,
  driverVer = '01/02/2024,1.0.0.0',
  target = 'NTamd64',
  version = 'Class=Net',
  install = '',
}: {
  id: string
  driverVer?: string
  target?: string
  version?: string
  install?: string
}): string {
  return `[Version]
Signature="$Windows NT$"
${version}
Provider="Essai"
DriverVer=${driverVer}
[Manufacturer]
"Essai"=M,${target}
[M.${target}]
"Périphérique" = I, ${id}
[I]
${install}
`
}

/** What makers write that no rule foresees; setupapi decides what it means (tests/interop/inf-setupapi.test.ts). */
export const oddInf = String.raw`[Version]
Signature = "$Windows NT$" ; a comment
Class=Net
Provider=%Twice%
DriverVer=01/02/2024,1.2.3.4
[Manufacturer]
%Twice%=M;1,NTamd64
[M;1.NTamd64] ; a name with a semicolon
%Bare% = I, PCI\VEN_8086\
 &DEV_15F3, PCI\VEN_8086&DEV_15F4  \
 , "a ""quoted"" id", %Twice%
"One line = two" = I,,PCI\VEN_8086&DEV_15F5,,
[I.NT]
FeatureScore=x80
[Strings]
Bare ; stands for itself
Twice="First"
TWICE="Second"
`
