interface Machine {
  readonly name: string
  /** Go's architecture by class and byte order; the machine is written in the header for all of them. */
  readonly goarch: (bits: 32 | 64, endian: 'little' | 'big') => string | undefined
}

const only =
  (goarch: string, bits: 32 | 64, endian: 'little' | 'big'): Machine['goarch'] =>
  (actualBits, actualEndian) =>
    actualBits === bits && actualEndian === endian ? goarch : undefined

/** e_machine of the System V ABI, and what Go calls it (cmd/link/internal/ld/elf.go). */
export const machines: Readonly<Record<number, Machine>> = {
  3: { name: 'EM_386', goarch: only('386', 32, 'little') },
  8: {
    name: 'EM_MIPS',
    goarch: (bits, endian) => `mips${bits === 64 ? '64' : ''}${endian === 'little' ? 'le' : ''}`,
  },
  21: {
    name: 'EM_PPC64',
    goarch: (bits, endian) => (bits === 32 ? undefined : endian === 'big' ? 'ppc64' : 'ppc64le'),
  },
  22: { name: 'EM_S390', goarch: only('s390x', 64, 'big') },
  40: { name: 'EM_ARM', goarch: only('arm', 32, 'little') },
  43: { name: 'EM_SPARCV9', goarch: only('sparc64', 64, 'big') },
  62: { name: 'EM_X86_64', goarch: only('amd64', 64, 'little') },
  183: { name: 'EM_AARCH64', goarch: only('arm64', 64, 'little') },
  243: { name: 'EM_RISCV', goarch: only('riscv64', 64, 'little') },
  258: { name: 'EM_LOONGARCH', goarch: only('loong64', 64, 'little') },
}

/** EI_OSABI values that name one system. 0 is what most systems use, and tells nothing. */
export const abiSystems: Readonly<Record<number, readonly string[]>> = {
  2: ['netbsd'],
  3: ['linux', 'android'],
  6: ['solaris', 'illumos'],
  9: ['freebsd'],
  12: ['openbsd'],
}

/** Loaders of the systems that Go builds for (cmd/link/internal/ld/target.go and the linkers' obj.go; musl's own manual). */
export const interpreterSystems: readonly (readonly [prefix: string, systems: readonly string[]])[] = [
  ['/system/bin/linker', ['android']],
  ['/usr/libexec/ld.so', ['openbsd']],
  ['/libexec/ld-elf.so.1', ['freebsd']],
  ['/libexec/ld-elf.so.2', ['dragonfly']],
  ['/usr/libexec/ld-elf.so.2', ['dragonfly']],
  ['/usr/libexec/ld.elf_so', ['netbsd']],
  ['/libexec/ld.elf_so', ['netbsd']],
  ['/lib/amd64/ld.so.1', ['solaris', 'illumos']],
  ['/usr/lib/amd64/ld.so.1', ['solaris', 'illumos']],
  ['/lib64/ld', ['linux']],
  ['/lib/ld', ['linux']],
]
