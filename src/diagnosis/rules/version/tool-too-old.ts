import type { Diagnosis, Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const built =
  /the Go language version \(go(1\.\d{1,2})\) used to build (golangci-lint) is lower than the targeted Go version \((1[\d.]{1,8})\)/
const newer =
  /(?:package|file|module) requires newer Go version go(1\.\d{1,2}(?:\.\d{1,2})?) \(application built with go(1\.\d{1,2}(?:\.\d{1,2})?)\)/
const signs: readonly RegExp[] = [
  /export data is newer version - update tool/,
  /unknown (?:iexport format|export data) version \d/,
  /unsupported version(?: of go)?: ?"?(?:go)?\d[\d.]{0,8}/,
  /internal error in importing "[^"\n]{1,200}" \(unsupported version/,
  /could not load export data: [^\n]{0,200}(?:unsupported version|newer version|format version)/,
  /unsupported export data version|export data format version \d{1,3} is not supported|cannot decode "[^"\n]{1,200}", export data version \d{1,3} is greater than maximum/,
  /internal error: package "[^"\n]{1,200}" without types was imported from/,
  /[\\/]src[\\/](?:slices|maps|iter|internal|sync|runtime|strings|bytes)[\\/][^\n]{1,200}[Cc]annot range over/,
  /unexpected (?:type|kind)[^\n]{0,60}range over int|Cannot range over: (?:int|func)\b/,
  /this (?:version of )?(?:gopls|staticcheck|govulncheck|golangci-lint|delve|dlv|Delve)[^\n]{0,80}(?:was (?:built|compiled) with|does not support)[^\n]{0,60}go ?1\.\d/i,
  /Version of (?:Delve|Go) is too old for (?:this version of )?(?:Go|Delve)|[Vv]ersion of Delve is too old for Go version/,
]
const tools =
  /\b(golangci-lint|staticcheck|gopls|govulncheck|errcheck|ineffassign|gosec|revive|wire|mockgen|mockery|stringer|gqlgen|ent|protoc-gen-go|controller-gen|deepcopy-gen|goreleaser|ko|air|dlv|[Dd]elve|go-critic|nilaway|gocritic|typecheck)\b/

const rule: Rule = {
  id: 'tool-too-old',
  area: 'version',
  title: 'A tool is older than the Go that it reads',
  what: 'A linter, generator or editor service (golangci-lint, staticcheck, gopls, wire, mockgen) cannot read packages, because it was built with an older Go than the one that compiled them or than go.mod names.',
  why: 'Such tools hold the type checker and the reader of compiled packages of the Go they were built with. They know neither the newer format nor the newer language, and then report errors in code that is right, often in the standard library.',
  fix: 'Use a release of the tool that was built with a Go at least as new, or build it with yours.',
  prevent: 'Raise the tools together with Go; list them as tools in go.mod (Go 1.24) so that your Go builds them.',
  classes: [],
  example:
    "Error: can't load config: the Go language version (go1.22) used to build golangci-lint is lower than the targeted Go version (1.23.0)",
  markers: [
    'used to build golangci-lint',
    'requires newer Go version',
    'newer version - update tool',
    'format version',
    'export data version',
    'unsupported version',
    'without types was imported from',
    'range over int',
    'annot range over',
    'is too old for',
    'was built with',
    'was compiled with',
    'does not support',
  ],
  message: (message, { command: run }) => {
    const block = plain(message)
    if (block.includes('plugin was built with')) return undefined
    const golangci = built.exec(block)
    if (golangci !== null) return old('golangci-lint', golangci[1], golangci[3], 'certain')
    const needs = newer.exec(block)
    const named = tools.exec(block)?.[1] ?? tools.exec(run.command)?.[1]
    const tool = named === undefined || named === 'typecheck' ? undefined : named
    if (needs !== null) return old(tool, needs[2], needs[1], 'certain')
    if (!signs.some((sign) => sign.test(block))) return undefined
    if (message.printer === 'go' && !/importing|export data|iexport|without types|requires newer/.test(block))
      return undefined
    const go = /\/go\/(1\.\d{1,2}(?:\.\d{1,2})?)\/|toolchain@v0\.0\.1-go(1\.\d{1,2}(?:\.\d{1,2})?)/.exec(block)
    return old(tool, undefined, go?.[1] ?? go?.[2], 'likely')
  },
}

function old(
  tool: string | undefined,
  has: string | undefined,
  wanted: string | undefined,
  confidence: Diagnosis['confidence'],
): Diagnosis {
  const name = tool ?? 'The tool that reads the code'
  const needed = wanted === undefined ? 'the Go that compiles here' : `Go ${wanted}`
  return diagnosis({
    confidence,
    message: `${name} was built with ${has === undefined ? 'an older Go' : `Go ${has}`} and cannot read what ${needed} needs: the code is not at fault.`,
    fix: advice(
      `Update ${tool ?? 'the tool'} to a release built with ${wanted === undefined ? 'a Go as new as yours' : `Go ${wanted} or newer`}, or build it with the Go you use. Older Go for the job, or a lower go line, only puts it off.`,
      tool === 'golangci-lint'
        ? ['golangci-lint version']
        : ['go version -m "$(command -v TOOL)"', 'go install PACKAGE@latest  # builds it with this Go'],
    ),
    key: tool ?? 'tool',
  })
}

export default rule
