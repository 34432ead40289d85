import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'
import { goModDirective } from '../../rule-helpers/where.ts'

const rule: Rule = {
  id: 'toolchain-unavailable',
  area: 'version',
  title: 'The Go that is asked for cannot be fetched',
  what: 'The go or toolchain line (or GOTOOLCHAIN) asks for a Go that the go command does not find.',
  why: 'There is no such release: from 1.21 on the first one is called 1.21.0, not 1.21. Or the proxy in GOPROXY does not carry Go itself (the module golang.org/toolchain), or GOPROXY is off.',
  fix: 'Name a release that exists, with its third number, or install it beforehand.',
  since: '1.21',
  classes: ['V03', 'V04', 'V05'],
  example: `go: downloading go1.99.0 (linux/amd64)
go: download go1.99.0 for linux/amd64: toolchain not available`,
  markers: ['toolchain not available', 'is a language version but not a toolchain version', 'in PATH', 'download go1'],
  message: async (message, { facts }) => {
    const block = plain(message)
    const missing =
      /download (go\d[^\s:]*)(?: for ([^\s:]+))?: (?:toolchain not available|(?:[^\n]*)(?:module lookup disabled|404|410))/.exec(
        block,
      )
    const language = /invalid toolchain: (go\d[^\s]*) is a language version but not a toolchain version/.exec(block)
    const path = /cannot find "(go\d[^"\n]*)" in PATH/.exec(block)
    const name = (missing ?? language ?? path)?.[1]
    if (name === undefined || block.includes('verifying module')) return undefined
    const bare = /^go1\.(\d+)$/.exec(name)?.[1]
    const noPatch = bare !== undefined && Number(bare) >= 21
    const env = await facts.goEnv()
    const file = await facts.goMod()
    const version = name.replace(/^go/, '')
    const byEnv = env?.GOTOOLCHAIN?.startsWith(name) === true
    const line = file?.content.toolchain?.value === name ? 'toolchain' : 'go'
    const goproxy = env?.GOPROXY
    const where = byEnv ? [] : await goModDirective(facts, line)
    if (noPatch) {
      return diagnosis({
        message: `There is no release ${name}: from 1.21 on the first release of a series ends in .0.`,
        fix: byEnv
          ? advice(`Set GOTOOLCHAIN=${name}.0 or a later release of it.`)
          : advice(`Write the third number, or use a Go that has ${version} already.`, [
              command('go', 'mod', 'edit', `-${line}=${line === 'go' ? version : name}.0`),
            ]),
        locations: where,
        key: name,
      })
    }
    return diagnosis({
      confidence: 'likely',
      message: path
        ? `${name} is not on PATH, and GOTOOLCHAIN forbids to download it.`
        : `${name} cannot be fetched${missing?.[2] === undefined ? '' : ` for ${missing[2]}`}: ${goproxy === 'off' ? 'GOPROXY=off' : `there is no such release, or the proxy${goproxy === undefined ? '' : ` (GOPROXY=${goproxy})`} does not carry Go itself`}.`,
      fix: advice(
        `Check that ${version} is a release (https://go.dev/dl). If it is, install it beforehand, or use a proxy that carries the module golang.org/toolchain.`,
      ),
      locations: where,
      key: name,
    })
  },
}

export default rule
