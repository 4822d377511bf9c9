# Turns optional features of Windows off. Their files stay, so that the owner can turn them on again without a medium.
# $In.names: `Recall`.
$restart = $false
$enabled = @(Get-WindowsOptionalFeature -Online | Where-Object { @('Enabled', 'EnablePending') -contains [string]$_.State })
foreach ($name in @($In.names)) {
  $outcome = 'absent'
  $words = ''
  try {
    foreach ($feature in @($enabled | Where-Object { $_.FeatureName -eq $name })) {
      $outcome = 'removed'
      $done = Disable-WindowsOptionalFeature -Online -FeatureName $feature.FeatureName -NoRestart -WarningAction SilentlyContinue
      if ($done.RestartNeeded) { $restart = $true }
    }
  } catch {
    $outcome = 'failed'
    $words = [string]$_
  }
  Send-Progress @{ name = $name; outcome = $outcome; words = $words }
}
Send-Result @{ restart = $restart }
