/** The Debian release the environment is made of: its GRUB is signed with the `http` module inside (Debian 12's is not). */
export const debianRelease = 'trixie'

/** Installed in the root layer, with what they depend on. */
export const rootPackages = [
  'wimtools', // writes Windows images
  'ntfs-3g',
  'attr', // setfattr: security descriptors through ntfs-3g
  'libhivex-bin', // hivexsh edits the registry of an applied Windows
  'attr', // getfattr, setfattr: the security of files on NTFS
  'libhivex-bin', // hivexsh: the registry of the applied Windows
  'gdisk',
  'dosfstools',
  'efibootmgr',
  'nvme-cli',
  'smartmontools',
  'dmidecode',
  'pciutils',
  'usbutils',
  'kmod',
  'kbd', // setfont
  'util-linux-extra', // hwclock: the firmware's clock
  'busybox-static', // init, udhcpc, mdev; and all of the initrd
  'iproute2',
  'libstdc++6', // Node
  'libatomic1', // Node
] as const

/** Downloaded and unpacked, never installed: their installation scripts want a disk, an initramfs generator and a boot manager. */
export const unpackedPackages = {
  /** Names the package of the current signed kernel in its dependencies. */
  kernel: 'linux-image-amd64',
  shim: 'shim-signed',
  grub: 'grub-efi-amd64-signed',
  fonts: 'console-setup-linux',
  /** rtl_nic/: PHY patches of Realtek cards. In non-free-firmware; the cards work without it, with a warning. */
  firmware: 'firmware-realtek',
} as const

/** What a machine that lives for an hour in memory does not need; relative to the root, shell patterns. */
export const strippedPaths = [
  'usr/share/{doc,man,info,locale,lintian,bash-completion,zsh,fish,bug,i18n,zoneinfo,keymaps,consolefonts,consoletrans}',
  'usr/share/{perl5,debconf,dpkg,polkit-1,dbus-1,gcc,gdb,applications,pixmaps,menu,systemd,apport}',
  'usr/lib/{systemd,x86_64-linux-gnu/systemd,x86_64-linux-gnu/perl-base,dracut,kernel,tmpfiles.d,sysusers.d,udev}',
  'usr/lib/{apt,dpkg,init,environment.d,pcrlock.d,sysctl.d,binfmt.d,modules-load.d,valgrind,pam.d}',
  'usr/bin/{perl*,systemd*,journalctl,loginctl,busctl,networkctl,hostnamectl,localectl,timedatectl,varlinkctl,portablectl}',
  'usr/bin/{dpkg*,debconf*,deb-systemd*,bootctl,kernel-install,coredumpctl,oomctl,run0,update-alternatives}',
  'usr/share/{misc/usb.ids.gz,consoletrans,unimaps,vim,X11,bsd,gettext,util-linux}',
  'var/{cache,lib/apt,lib/dpkg,lib/systemd,log,lib/pam}/*',
  'etc/{systemd,cron*,init.d,rc*.d,apt,dpkg,alternatives,logrotate.d,perl,pam.d/*,apparmor.d}',
  'boot',
  // Programs of a machine with accounts, services and traffic shaping; then the libraries only they used.
  'usr/sbin/{tc,smartd,ldconfig,devlink,dcb,tipc,bridge,genl,user*,group*,*adduser,ch*passwd,arpd,cgdisk}',
  'usr/bin/{systemctl,rdma,localedef,ntfsdecrypt,agetty,lslogins,users,pinky,who,wall,hivexml,hivexget}',
  'usr/lib/x86_64-linux-gnu/{security,engines-3,ossl-modules,krb5}',
  'usr/lib/x86_64-linux-gnu/lib{gnutls,p11-kit,unistring,idn2,tasn1,hogweed,nettle,gcrypt,gpg-error,db-5,sqlite3,sepol,semanage,lastlog2,ssl,xml2}*',
] as const

/** iconv tables that stay: mkfs.fat converts volume labels through them. */
export const keptIconvTables = [
  'IBM850.so',
  'IBM437.so',
  'CP1252.so',
  'UTF-16.so',
  'UTF-32.so',
  'ISO8859-1.so',
] as const
