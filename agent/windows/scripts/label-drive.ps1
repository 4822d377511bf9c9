# Names the drive Windows is on. $In.label: up to 32 characters, which is what NTFS takes.
$letter = $env:SystemDrive.Substring(0, 1)
Set-Volume -DriveLetter $letter -NewFileSystemLabel $In.label
Send-Result @{ label = [string](Get-Volume -DriveLetter $letter).FileSystemLabel }
