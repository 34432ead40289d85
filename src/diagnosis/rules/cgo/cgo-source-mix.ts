import type { Message } from '../../../domain/message.ts'
import type { Location } from '../../../domain/module.ts'
import type { MessageContext, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { importLocations, messageLocations } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'cgo-source-mix',
  area: 'cgo',
  title: 'A package mixes sources that do not go together',
  what: 'C files stand beside Go files of which none imports "C"; or Go assembly stands in a package that uses cgo.',
  why: 'C files are compiled only as part of a package that uses cgo, and a package with cgo has its .s files assembled by the C compiler. With CGO_ENABLED=0 stray C files are silently left out.',
  fix: 'Add `import "C"`, move the file to a folder of its own, or begin its name with an underscore.',
  classes: ['C14', 'C15'],
  example: 'package example.com/app: C source files not allowed when not using cgo or SWIG: x.c',
  markers: ['source files not allowed when', 'package using cgo has Go assembly file'],
  message: async (message, context) => {
    const block = plain(message)
    const [, owner, language, files] =
      /([^\s:]{1,300}): (C|C\+\+|Objective-C|Fortran) source files not allowed when not using cgo or SWIG: ([^\n]+)/.exec(
        block,
      ) ?? []
    const [, asmOwner, asm] = /([^\s:]{1,300}): package using cgo has Go assembly file ([^\s]+)/.exec(block) ?? []
    if (files === undefined && asm === undefined) return undefined
    return diagnosis({
      message:
        asm === undefined
          ? `${owner ?? 'The package'} holds ${language ?? 'C'} sources (${files ?? ''}), and none of its Go files imports "C".`
          : `${asmOwner ?? 'The package'} uses cgo and holds the Go assembly file ${asm}.`,
      fix: advice(
        asm === undefined
          ? 'Import "C" in a Go file of the package, or move the sources out of its folder (a name that begins with _ is ignored).'
          : 'Move the assembly into a package of its own without cgo.',
      ),
      locations: await placeOf(message, owner ?? asmOwner ?? '', (files ?? asm ?? '').split(/[ ,]+/)[0] ?? '', context),
      package: owner ?? asmOwner,
      key: owner ?? asmOwner,
    })
  },
}

/** The place that the message names, else the import that brings the package in, else the file of a package of the module. */
async function placeOf(
  message: Message,
  owner: string,
  file: string,
  { facts }: MessageContext,
): Promise<readonly Location[]> {
  const named = await messageLocations(message, facts)
  const known = named.length > 0 ? named : await importLocations(message, facts)
  if (known.length > 0) return known
  const goMod = await facts.goMod()
  const own = goMod?.content.module?.value
  if (goMod === undefined || own === undefined || (owner !== own && !owner.startsWith(`${own}/`))) return []
  const folder = [...goMod.path.split('/').slice(0, -1), ...owner.slice(own.length).split('/')].filter(
    (part) => part !== '' && part !== '..',
  )
  return [{ file: [...folder, file].join('/'), line: 1 }]
}

export default rule
