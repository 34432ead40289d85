import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { installLibrary } from '../../rule-helpers/native-packages.ts'
import { clip, plain } from '../../rule-helpers/text.ts'

const library =
  /error while loading shared libraries: ([^\s:]{1,200}): |Error loading shared library ([^\s:]{1,200}): No such file|Library not loaded: '?([^\n']{1,300})|because ([\w.+-]{1,100}\.dll) was not found|([\w.+-]{1,100}\.dll) (?:was|is) (?:not found|missing)|Failed to load ([\w.+-]{1,100}\.dll): The specified module could not be found/i
const status = /(?:exit status|exit code|status) (?:0xc0000135|3221225781|-1073741515)\b|STATUS_DLL_NOT_FOUND/i
const entry =
  /(?:exit status|exit code) (?:0xc0000139|3221225785|-1073741511)\b|procedure entry point (\S{1,200}) could not be located/i

const rule: Rule = {
  id: 'shared-library-missing',
  area: 'cgo',
  title: 'A shared library is missing where the program runs',
  what: 'A program built with cgo starts, and the loader does not find a shared library that it was linked to.',
  why: 'The library was installed where the program was built and is not where it runs (another stage of the Dockerfile, another machine), or lies in a folder that the loader does not search.',
  fix: 'Install the run-time package of the library there, or link it statically.',
  classes: [],
  example:
    './app: error while loading shared libraries: libsqlite3.so.0: cannot open shared object file: No such file or directory',
  markers: [
    'loading shared librar',
    'Library not loaded',
    '.dll',
    '0xc0000135',
    '0xC0000135',
    '3221225781',
    '-1073741515',
    '0xc0000139',
    '3221225785',
    'STATUS_DLL_NOT_FOUND',
    'procedure entry point',
  ],
  message: (message) => {
    if (message.printer === 'go' || message.printer === 'compile') return undefined
    const block = plain(message)
    if (
      /bcryptprimitives|ProcessPrng|ld-linux|ld-musl|Error loading shared library lib(?:c|m|dl|rt|pthread|resolv|nsl|crypt)\.so\.\d/.test(
        block,
      )
    )
      return undefined
    const found = library
      .exec(block)
      ?.slice(1)
      .find((name) => name !== undefined)
    const noLibrary = status.test(block)
    const noEntry = entry.exec(block)
    if (found === undefined && !noLibrary && noEntry === null) return undefined
    const wrong = /wrong ELF class|incompatible architecture|need '?(?:arm64|x86_64)/.test(block)
    const name = found?.split(/[\\/]/).pop()
    const stem = /^lib([A-Za-z][\w+-]{0,60}?)[.\d-]*\.(?:so|dylib)/.exec(name ?? '')?.[1]
    if (noEntry !== null && found === undefined) {
      return diagnosis({
        confidence: 'likely',
        message: `A DLL that the program found has not got the function it needs${noEntry[1] === undefined ? '' : ` (${clip(noEntry[1], 80)})`}: it is another version than the one it was linked to, or this Windows is too old.`,
        fix: advice(
          'Put the DLLs that belong to the compiler (MinGW: libstdc++-6, libgcc_s, libwinpthread) beside the program, or link with -extldflags -static.',
        ),
        key: 'entry',
      })
    }
    return diagnosis({
      confidence: found === undefined ? 'likely' : 'certain',
      message: wrong
        ? `${name ?? 'A shared library'} is there for another processor than the program.`
        : `${name ?? 'A DLL'} is not on the system that runs the program, or lies where the loader does not look.`,
      fix: advice(
        /\.dll$/i.test(name ?? '.dll') && found === undefined
          ? 'Put the DLLs that the program needs beside it or on PATH; with MinGW, -ldflags "-extldflags -static" links its own ones in.'
          : 'Install the run-time package of the library where the program runs (in the last stage of the Dockerfile), or link it statically. LD_LIBRARY_PATH (DYLD_LIBRARY_PATH on macOS) names more folders.',
        stem === undefined || wrong ? [] : installLibrary(stem),
      ),
      key: name ?? 'dll',
    })
  },
}

export default rule
