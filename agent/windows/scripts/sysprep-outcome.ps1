# What sysprep has come to: the file it leaves when it has succeeded, the state of Windows after it, its own last errors.
# setupact.log is in English in every Windows.
$folder = "$env:SystemRoot\System32\Sysprep"
$state = Get-Item -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State' -ErrorAction SilentlyContinue
$imageState = ''
if ($null -ne $state) { $imageState = [string]$state.GetValue('ImageState', '') }

$errors = @()
$log = "$folder\Panther\setupact.log"
if (Test-Path -LiteralPath $log) {
  $lines = @(Get-Content -LiteralPath $log -Tail 4000)
  $first = 0
  for ($at = $lines.Count - 1; $at -ge 0; $at--) {
    if ($lines[$at] -match 'Beginning of a new sysprep run') { $first = $at; break }
  }
  $errors = @($lines | Select-Object -Skip $first | Where-Object { $_ -match ', Error\s' } | Select-Object -Last 12 | ForEach-Object { [string]$_ })
}
Send-Result @{
  succeeded  = Test-Path -LiteralPath "$folder\Sysprep_succeeded.tag"
  imageState = $imageState
  errors     = $errors
}
