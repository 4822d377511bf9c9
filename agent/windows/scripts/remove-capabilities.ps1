# Removes capabilities of Windows ("features on demand").
# $In.names: what stands before the ~ of their names, `App.Support.QuickAssist`. -LimitAccess: nothing is asked of Windows Update.
$restart = $false
$installed = @(Get-WindowsCapability -Online -LimitAccess | Where-Object { [string]$_.State -eq 'Installed' })
foreach ($name in @($In.names)) {
  $outcome = 'absent'
  $words = ''
  try {
    foreach ($capability in @($installed | Where-Object { ($_.Name -split '~')[0] -eq $name })) {
      $outcome = 'removed'
      $done = Remove-WindowsCapability -Online -Name $capability.Name
      if ($done.RestartNeeded) { $restart = $true }
    }
  } catch {
    $outcome = 'failed'
    $words = [string]$_
  }
  Send-Progress @{ name = $name; outcome = $outcome; words = $words }
}
Send-Result @{ restart = $restart }
