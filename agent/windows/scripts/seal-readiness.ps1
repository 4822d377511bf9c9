# What would keep sysprep from its work, or spoil it: an update that is being installed, a volume that is encrypted.
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
$encrypted = @($volumes | Where-Object { $_.DriveLetter } | Where-Object {
  [int](Invoke-CimMethod -InputObject $_ -MethodName GetConversionStatus).ConversionStatus -ne 0
} | ForEach-Object { [string]$_.DriveLetter })

Send-Result @{ busy = $busy; encrypted = $encrypted }
