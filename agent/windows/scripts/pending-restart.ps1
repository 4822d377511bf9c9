# Whether something waits for a restart of the machine, from each of the places where Windows notes it.
$current = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
$manager = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'

$agent = $false
try {
  $agent = [bool](New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
} catch {
  # The Windows Update service is off: the search says so, in words.
  Write-Output ('Microsoft.Update.SystemInfo: ' + $_.Exception.Message)
}

$session = Get-ItemProperty -Path $manager -ErrorAction SilentlyContinue
$renames = @($session.PendingFileRenameOperations | Where-Object { $_ })

Send-Result @{
  componentServicing = [bool](Test-Path -Path "$current\Component Based Servicing\RebootPending")
  windowsUpdate      = [bool](Test-Path -Path "$current\WindowsUpdate\Auto Update\RebootRequired")
  agent              = $agent
  fileRenames        = $renames.Count
}
