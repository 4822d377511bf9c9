import { describe, expect, test } from 'vitest'
import { initrdModules, rootModules, selectModules } from '../../../../agent/boot-image/kernel-modules.ts'

const dep = `kernel/drivers/net/ethernet/realtek/r8169.ko.xz: kernel/drivers/net/phy/libphy.ko.xz
kernel/drivers/net/phy/realtek.ko.xz: kernel/drivers/net/phy/libphy.ko.xz
kernel/drivers/net/phy/libphy.ko.xz:
kernel/drivers/net/virtio_net.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/drivers/nvme/host/nvme.ko.xz: kernel/drivers/nvme/host/nvme-core.ko.xz
kernel/drivers/nvme/host/nvme-core.ko.xz:
kernel/drivers/gpu/drm/i915/i915.ko.xz:
`

describe('selecting kernel modules', () => {
  test('brings what a module depends on, all the way down', () => {
    expect(selectModules(dep, '', [/virtio_net\./])).toEqual([
      'kernel/drivers/net/virtio_net.ko.xz',
      'kernel/net/core/failover.ko.xz',
    ])
  })

  test('brings soft dependencies: r8169 finds no link without the driver of its PHY', () => {
    const selected = selectModules(dep, 'softdep r8169 pre: realtek\n', [/r8169\./])
    expect(selected).toContain('kernel/drivers/net/phy/realtek.ko.xz')
  })

  test('leaves disks to the root layer and graphics out of both', () => {
    const isDisk = (path: string): boolean => path.includes('nvme')
    expect(selectModules(dep, '', initrdModules).some(isDisk)).toBe(false)
    expect(selectModules(dep, '', rootModules).some(isDisk)).toBe(true)
    expect(selectModules(dep, '', rootModules)).not.toContain('kernel/drivers/gpu/drm/i915/i915.ko.xz')
  })

  test('treats - and _ alike in soft dependencies, and ends on a circle', () => {
    const circle = 'a/one-x.ko: a/two.ko\na/two.ko: a/one-x.ko\n'
    expect(selectModules(circle, 'softdep two post: one_x\n', [/two/])).toEqual(['a/one-x.ko', 'a/two.ko'])
  })
})
