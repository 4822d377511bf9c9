# What would keep sysprep from its work, or spoil it: an update that is being installed or holds reserved storage, a volume
# that is encrypted.
$busy = $false
try {
  $busy = [bool](New-Object -ComObject Microsoft.Update.Installer).IsBusy
} catch {
  # The Windows Update service is off: then it installs nothing.
  [Console]::Out.WriteLine('Microsoft.Update.Installer: ' + $_.Exception.Message)
}

# Win32_EncryptableVolume: ConversionStatus 0 is fully decrypted. A Windows without the class encrypts nothing
# (NativeErrorCode 3 invalid namespace, 5 invalid class, 6 not found).
$volumes = @()
try {
  $volumes = @(Get-CimInstance -Namespace 'root\cimv2\Security\MicrosoftVolumeEncryption' -ClassName Win32_EncryptableVolume)
} catch [Microsoft.Management.Infrastructure.CimException] {
  if (@(3, 5, 6) -notcontains [int]$_.Exception.NativeErrorCode) { throw }
}
$encrypted = @($volumes | Where-Object { $_.DriveLetter } | ForEach-Object {
  $state = Invoke-CimMethod -InputObject $_ -MethodName GetConversionStatus
  if ([int]$state.ConversionStatus -ne 0) { @{ drive = [string]$_.DriveLetter; percent = [int]$state.EncryptionPercentage } }
})

# While an update uses reserved storage sysprep ends with 0x800F0975.
$reserve = 0
$manager = Get-Item -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager' -ErrorAction SilentlyContinue
if ($null -ne $manager) { $reserve = [int]$manager.GetValue('ActiveScenario', 0) }

Send-Result @{ busy = $busy; encrypted = $encrypted; reserve = $reserve }
