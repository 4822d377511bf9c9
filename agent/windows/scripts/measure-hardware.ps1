# The machine as Windows sees it: memory, processor, disks and their wear, radio, drivers in use. Numbers and class names
# are the same in every language of Windows; names of devices are shown, never judged.
$found = @{}
function Measure-Part($name, [scriptblock]$part) {
  try { $found[$name] = & $part } catch { [Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message)) }
}

Measure-Part 'processor' {
  $processors = @(Get-CimInstance -ClassName Win32_Processor)
  @{
    model   = ([string]$processors[0].Name).Trim()
    cores   = [int]($processors | Measure-Object -Property NumberOfCores -Sum).Sum
    threads = [int]($processors | Measure-Object -Property NumberOfLogicalProcessors -Sum).Sum
  }
}

Measure-Part 'memory' {
  $slots = (Get-CimInstance -ClassName Win32_PhysicalMemoryArray | Measure-Object -Property MemoryDevices -Sum).Sum
  @{
    slots = [int]$slots
    items = @(Get-CimInstance -ClassName Win32_PhysicalMemory | ForEach-Object {
      @{
        slot         = ([string]$_.DeviceLocator).Trim()
        sizeBytes    = [double]$_.Capacity
        speed        = [int]$_.ConfiguredClockSpeed
        manufacturer = ([string]$_.Manufacturer).Trim()
        partNumber   = ([string]$_.PartNumber).Trim()
      }
    })
  }
}

# HealthStatus of MSFT_PhysicalDisk: 0 healthy, 1 warning, 2 unhealthy, 5 unknown; Get-PhysicalDisk would say it in words.
# BusType: 7 is USB.
Measure-Part 'disks' {
  $counters = @{}
  foreach ($one in @(Get-PhysicalDisk | Get-StorageReliabilityCounter -ErrorAction SilentlyContinue)) {
    $counters[[string]$one.DeviceId] = $one
  }
  $disks = Get-CimInstance -Namespace 'root\Microsoft\Windows\Storage' -ClassName MSFT_PhysicalDisk
  @{
    items = @($disks | Where-Object { $_.BusType -ne 7 } | ForEach-Object {
      $counter = $counters[[string]$_.DeviceId]
      $read = $null
      if ($null -ne $counter) {
        $read = @{ wear = $counter.Wear; hours = $counter.PowerOnHours; temperature = $counter.Temperature }
        $read.errors = [double]$counter.ReadErrorsUncorrected + [double]$counter.WriteErrorsUncorrected
      }
      @{
        model     = ([string]$_.FriendlyName).Trim()
        sizeBytes = [double]$_.Size
        health    = [int]$_.HealthStatus
        counter   = $read
      }
    })
  }
}

# A radio without driver shows by its compatible ids: PCI class 0280 (other network controller), USB class E0 (wireless).
# NdisPhysicalMedium: 9 is Native 802.11.
Measure-Part 'radio' {
  $devices = @(Get-CimInstance -ClassName Win32_PnPEntity | Where-Object { $_.CompatibleID })
  $adapters = @(Get-CimInstance -Namespace 'root\StandardCimv2' -ClassName MSFT_NetAdapter)
  $wifi = @($adapters | Where-Object { $_.NdisPhysicalMedium -eq 9 -and -not $_.Virtual })
  $bluetooth = @($devices | Where-Object { $_.PNPClass -eq 'Bluetooth' -and $_.ConfigManagerErrorCode -eq 0 -and $_.DeviceID -match '^(USB|PCI)\\' })
  @{
    wifiHardware      = @($devices | Where-Object { $_.CompatibleID -match '^PCI\\CC_0280$' }).Count -gt 0
    wifi              = @($wifi | ForEach-Object { [string]$_.InterfaceDescription })
    bluetoothHardware = @($devices | Where-Object { $_.CompatibleID -match '^USB\\Class_E0&SubClass_01&Prot_01$' }).Count -gt 0
    bluetooth         = @($bluetooth | ForEach-Object { [string]$_.Name })
  }
}

# Which service drives each screen adapter: BasicDisplay is Windows' own, for want of a driver.
Measure-Part 'drivers' {
  $services = @{}
  foreach ($one in @(Get-CimInstance -ClassName Win32_PnPEntity -Filter "PNPClass = 'Display'")) {
    $services[[string]$one.DeviceID] = [string]$one.Service
  }
  $classes = "DeviceClass = 'DISPLAY' OR DeviceClass = 'NET' OR DeviceClass = 'MEDIA' OR DeviceClass = 'SCSIADAPTER' OR DeviceClass = 'HDC'"
  @{
    items = @(Get-CimInstance -ClassName Win32_PnPSignedDriver -Filter $classes | Where-Object { $_.DeviceID -match '^(PCI|HDAUDIO|USB|INTELAUDIO|ACPI|VMBUS)\\' } | ForEach-Object {
      @{
        kind     = ([string]$_.DeviceClass).ToUpperInvariant()
        name     = [string]$_.DeviceName
        version  = [string]$_.DriverVersion
        provider = [string]$_.DriverProviderName
        service  = [string]$services[[string]$_.DeviceID]
      }
    })
  }
}

Send-Result $found
