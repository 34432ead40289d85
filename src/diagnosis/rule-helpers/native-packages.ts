// Which package holds a header or a library: of Debian (names checked against Debian 13's index) and of Alpine (its usual
// names, not checked). A header that is not here costs only the hint.
const entries: readonly (readonly [header: string, library: string, debian: string, alpine: string])[] = [
  ['stdlib.h', 'c', 'libc6-dev', 'musl-dev'],
  ['windows.h', 'mingw32', 'gcc-mingw-w64', 'mingw-w64-gcc'],
  ['zmq.h', 'zmq', 'libzmq3-dev', 'zeromq-dev'],
  ['sqlite3.h', 'sqlite3', 'libsqlite3-dev', 'sqlite-dev'],
  ['openssl/ssl.h', 'ssl', 'libssl-dev', 'openssl-dev'],
  ['openssl/evp.h', 'crypto', 'libssl-dev', 'openssl-dev'],
  ['pcap.h', 'pcap', 'libpcap-dev', 'libpcap-dev'],
  ['GL/gl.h', 'GL', 'libgl1-mesa-dev', 'mesa-dev'],
  ['GL/glx.h', 'GLX', 'libgl1-mesa-dev', 'mesa-dev'],
  ['X11/Xlib.h', 'X11', 'libx11-dev', 'libx11-dev'],
  ['X11/Xcursor/Xcursor.h', 'Xcursor', 'libxcursor-dev', 'libxcursor-dev'],
  ['X11/extensions/Xrandr.h', 'Xrandr', 'libxrandr-dev', 'libxrandr-dev'],
  ['alsa/asoundlib.h', 'asound', 'libasound2-dev', 'alsa-lib-dev'],
  ['security/pam_appl.h', 'pam', 'libpam0g-dev', 'linux-pam-dev'],
  ['systemd/sd-journal.h', 'systemd', 'libsystemd-dev', 'elogind-dev'],
  ['libusb-1.0/libusb.h', 'usb-1.0', 'libusb-1.0-0-dev', 'libusb-dev'],
  ['librdkafka/rdkafka.h', 'rdkafka', 'librdkafka-dev', 'librdkafka-dev'],
  ['btrfs/ioctl.h', 'btrfs', 'libbtrfs-dev', 'btrfs-progs-dev'],
  ['gpgme.h', 'gpgme', 'libgpgme-dev', 'gpgme-dev'],
  ['libdevmapper.h', 'devmapper', 'libdevmapper-dev', 'lvm2-dev'],
  ['git2.h', 'git2', 'libgit2-dev', 'libgit2-dev'],
  ['zlib.h', 'z', 'zlib1g-dev', 'zlib-dev'],
  ['zstd.h', 'zstd', 'libzstd-dev', 'zstd-dev'],
  ['lzma.h', 'lzma', 'liblzma-dev', 'xz-dev'],
  ['vips/vips.h', 'vips', 'libvips-dev', 'vips-dev'],
  ['webp/decode.h', 'webp', 'libwebp-dev', 'libwebp-dev'],
  ['libvirt/libvirt.h', 'virt', 'libvirt-dev', 'libvirt-dev'],
  ['lua.h', 'lua5.4', 'liblua5.4-dev', 'lua5.4-dev'],
  ['seccomp.h', 'seccomp', 'libseccomp-dev', 'libseccomp-dev'],
  ['rados/librados.h', 'rados', 'librados-dev', 'ceph-dev'],
  ['libudev.h', 'udev', 'libudev-dev', 'eudev-dev'],
  ['ncurses.h', 'ncurses', 'libncurses-dev', 'ncurses-dev'],
  ['SDL2/SDL.h', 'SDL2', 'libsdl2-dev', 'sdl2-dev'],
  ['gtk/gtk.h', 'gtk-3', 'libgtk-3-dev', 'gtk+3.0-dev'],
]

/** Commands that install what holds a header such as `zmq.h`; empty when it is not known. */
export function installHeader(header: string): readonly string[] {
  return install(entries.find(([name]) => name === header || name.endsWith(`/${header}`)))
}

/** Commands that install what holds the library of `-lNAME`; empty when it is not known. */
export function installLibrary(library: string): readonly string[] {
  return install(entries.find(([, name]) => name === library))
}

function install(entry: (typeof entries)[number] | undefined): readonly string[] {
  if (entry === undefined) return []
  return [`apt-get install -y ${entry[2]}  # Debian, Ubuntu`, `apk add ${entry[3]}  # Alpine`]
}
