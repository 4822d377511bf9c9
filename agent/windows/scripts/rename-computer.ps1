# Gives the computer another name, which holds from the next restart on. $In.name.
Rename-Computer -NewName $In.name -Force -WarningAction SilentlyContinue
Send-Result @{ name = $In.name }
