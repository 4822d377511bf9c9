# Cumulative updates that come before anybody has signed in leave the shell's XAML packages unregistered for users to come:
# Start, the taskbar and Settings do not open (KB5072911, Windows 11 24H2 and later). Active Setup registers them at each
# user's first sign-in, before the shell.
$key = 'HKLM:\SOFTWARE\Microsoft\Active Setup\Installed Components\{7E0E5A0B-6D0E-4B43-9D5E-3C1B5F6A2E11}'
$packages = @('MicrosoftWindows.Client.CBS_cw5n1h2txyewy', 'Microsoft.UI.Xaml.CBS_8wekyb3d8bbwe', 'MicrosoftWindows.Client.Core_cw5n1h2txyewy')
$manifests = @($packages | ForEach-Object { "$env:SystemRoot\SystemApps\$_\appxmanifest.xml" } | Where-Object { Test-Path -LiteralPath $_ })
$build = [int](Get-Item -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion').GetValue('CurrentBuildNumber', 0)

$needed = $build -ge 26100 -and $manifests.Count -gt 0
if ($needed) {
  $commands = @($manifests | ForEach-Object { "Add-AppxPackage -Register -Path '$_' -DisableDevelopmentMode" }) -join '; '
  $program = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
  $null = New-Item -Path $key -Force
  Set-ItemProperty -LiteralPath $key -Name '(default)' -Value 'Windows shell packages'
  Set-ItemProperty -LiteralPath $key -Name 'Version' -Value '1,0,0,0'
  Set-ItemProperty -LiteralPath $key -Name 'StubPath' -Value "`"$program`" -NoProfile -NonInteractive -WindowStyle Hidden -ExecutionPolicy Bypass -Command `"$commands`""
}
Send-Result @{ needed = $needed }
