# Asks Windows Update what it offers this machine. Runs as SYSTEM on the machine itself: the Windows Update Agent gives
# its downloader and installer to no remote caller (Microsoft, "Using WUA From a Remote Computer").
$microsoftUpdate = '7971f918-a847-4430-9279-4a52d1efe18d'

function Get-ErrorCode($ErrorRecord) {
  $exception = $ErrorRecord.Exception
  while ($null -ne $exception.InnerException) { $exception = $exception.InnerException }
  return [int]$exception.HResult
}

function Add-MicrosoftUpdate {
  try {
    $manager = New-Object -ComObject Microsoft.Update.ServiceManager
    $manager.ClientApplicationID = 'Etabli'
    foreach ($service in $manager.Services) {
      if ($service.ServiceID -eq $microsoftUpdate -and $service.IsRegisteredWithAU) { return }
    }
    # asfAllowPendingRegistration + asfAllowOnlineRegistration + asfRegisterServiceWithAU
    $null = $manager.AddService2($microsoftUpdate, 7, '')
  } catch {
    # Windows Update answers without it; what it would add is for other products of Microsoft.
    [Console]::Out.WriteLine('Microsoft Update is not registered: ' + $_.Exception.Message)
  }
}

function Read-Update($Update, [bool]$Optional) {
  $type = 'software'
  if ([int]$Update.Type -eq 2) { $type = 'driver' }
  return @{
    id             = [string]$Update.Identity.UpdateID
    revision       = [int]$Update.Identity.RevisionNumber
    title          = [string]$Update.Title
    kbs            = @(foreach ($number in $Update.KBArticleIDs) { 'KB' + [string]$number })
    type           = $type
    categories     = @(foreach ($category in $Update.Categories) { ([string]$category.CategoryID).ToLowerInvariant() })
    browseOnly     = [bool]$Update.BrowseOnly
    optional       = $Optional
    autoSelect     = [bool]$Update.AutoSelectOnWebSites
    userInput      = [bool]$Update.InstallationBehavior.CanRequestUserInput
    restartPending = [bool]$Update.RebootRequired
    severity       = [string]$Update.MsrcSeverity
  }
}

# Without DeploymentAction a search gives what is meant for installation; optional updates have an action of their own
# since Windows 10, and an agent that does not know it (WU_E_INVALID_CRITERIA) lists them as BrowseOnly in the first.
$invalidCriteria = 0x80240032
$criteria = 'IsInstalled=0 and IsHidden=0'
$optionalCriteria = "IsInstalled=0 and IsHidden=0 and DeploymentAction='OptionalInstallation'"

try {
  Add-MicrosoftUpdate
  $session = New-Object -ComObject Microsoft.Update.Session
  $session.ClientApplicationID = 'Etabli'
  $searcher = $session.CreateUpdateSearcher()
  $seen = @{}
  $updates = New-Object System.Collections.ArrayList
  foreach ($asked in @($criteria, $optionalCriteria)) {
    $optional = $asked -eq $optionalCriteria
    $found = $null
    try {
      $found = $searcher.Search($asked)
    } catch {
      if (-not $optional -or (Get-ErrorCode $_) -ne $invalidCriteria) { throw }
    }
    if ($null -eq $found) { continue }
    # 3: succeeded with errors. The results might be incomplete, and the next pass searches again.
    if ([int]$found.ResultCode -eq 3) { [Console]::Out.WriteLine("searched with errors: $asked") }
    foreach ($update in $found.Updates) {
      $key = '{0}.{1}' -f $update.Identity.UpdateID, $update.Identity.RevisionNumber
      if ($seen.ContainsKey($key)) { continue }
      $seen[$key] = $true
      $null = $updates.Add((Read-Update $update $optional))
    }
  }
  Send-Result @{ outcome = 'found'; updates = @($updates.ToArray()) }
} catch {
  Send-Result @{ outcome = 'failed'; hresult = (Get-ErrorCode $_); message = [string]$_.Exception.Message }
}
