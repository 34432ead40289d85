import type { PortCheckFile, PortCheckFiles, PortCheckIgnored, PortCheckUncertain } from '../domain/port-check.ts'

/** Packages with their files, each once, of answers about different slots. */
export function mergeFiles(lists: readonly (readonly PortCheckFiles[])[]): readonly PortCheckFiles[] {
  return mergeBy(
    lists,
    (one) => one.package,
    (a, b) => ({
      ...a,
      name: a.name === '' ? b.name : a.name,
      slots: [...a.slots, ...b.slots],
      files: mergeBy([a.files, b.files], (file) => file.name, mergeSlots<PortCheckFile>),
      imports: mergeBy([a.imports, b.imports], (one) => one.path, mergeSlots),
    }),
  )
}

export function mergeUncertain(lists: readonly (readonly PortCheckUncertain[])[]): readonly PortCheckUncertain[] {
  return mergeBy(lists, (one) => `${one.package}\0${one.reason}`, mergeSlots)
}

/** The files that are ignored in every answer: one that only some slots leave out is compiled somewhere. */
export function ignoredInAll(lists: readonly (readonly PortCheckIgnored[])[]): readonly PortCheckIgnored[] {
  const [first = [], ...others] = lists
  const inOthers = others.map((list) => new Set(list.map(({ file }) => file)))
  return first.filter(({ file }) => inOthers.every((files) => files.has(file)))
}

function mergeSlots<T extends { readonly slots: readonly string[] }>(a: T, b: T): T {
  return { ...a, slots: [...a.slots, ...b.slots] }
}

/** All of the lists in order, those with the same key made one. */
function mergeBy<T>(lists: readonly (readonly T[])[], key: (one: T) => string, merge: (a: T, b: T) => T): readonly T[] {
  const [only] = lists
  if (only !== undefined && lists.length === 1) return only
  const merged = new Map<string, T>()
  for (const one of lists.flat()) {
    const known = merged.get(key(one))
    merged.set(key(one), known === undefined ? one : merge(known, one))
  }
  return [...merged.values()]
}
