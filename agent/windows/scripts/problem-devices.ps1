# Every device Windows reports a problem with, whatever its code: which of them count is not decided here.
# Win32_PnPEntity has the same properties since Windows 8, and lists what is present.
# $In.scan: look for devices again first; pnputil has /scan-devices since Windows 10 2004, an older one refuses it.
if ($In.scan) {
  & "$env:SystemRoot\System32\pnputil.exe" /scan-devices | Out-Null
}

$devices = @(
  Get-CimInstance -ClassName Win32_PnPEntity -Filter 'ConfigManagerErrorCode <> 0' | ForEach-Object {
    @{
      name          = [string]$_.Name
      deviceId      = [string]$_.DeviceID
      className     = [string]$_.PNPClass
      code          = [int]$_.ConfigManagerErrorCode
      hardwareIds   = @($_.HardwareID | Where-Object { $_ } | ForEach-Object { [string]$_ })
      compatibleIds = @($_.CompatibleID | Where-Object { $_ } | ForEach-Object { [string]$_ })
    }
  }
)
Send-Result @{ devices = $devices }
