# Makes shortcuts, then lists those on the desktop with what they lead to.
# $In.shortcuts: file, target, arguments, icon; $In.desktop: a folder.
# WScript.Shell cannot save under a name outside the ANSI code page, so each is made under a plain one and copied: a copy,
# because a file that is moved keeps the rights of the folder it came from, and users could not read it.
$shell = New-Object -ComObject WScript.Shell
$draft = Join-Path $env:TEMP 'etabli-draft.lnk'
foreach ($one in @($In.shortcuts)) {
  $link = $shell.CreateShortcut($draft)
  $link.TargetPath = $one.target
  $link.Arguments = $one.arguments
  $link.WorkingDirectory = Split-Path -Path $one.target -Parent
  if ($one.icon) { $link.IconLocation = $one.icon }
  $link.Save()
  Copy-Item -LiteralPath $draft -Destination $one.file -Force
  Remove-Item -LiteralPath $draft -Force
}

$found = @()
foreach ($file in @(Get-ChildItem -LiteralPath $In.desktop -Filter '*.lnk' -File -Force)) {
  Copy-Item -LiteralPath $file.FullName -Destination $draft -Force
  $link = $shell.CreateShortcut($draft)
  $found += @{ file = $file.FullName; target = [string]$link.TargetPath; arguments = [string]$link.Arguments }
  Remove-Item -LiteralPath $draft -Force
}
Send-Result @{ desktop = @($found) }
