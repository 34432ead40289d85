import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const missing: readonly RegExp[] = [
  /Unable to find Go version '([^'\n]{1,60})' for platform/,
  /Unable to (?:find|resolve) (?:a )?(?:matching )?[Gg]o version '?([\w.^~*<>= -]{1,40}?)'?(?: |$)/,
  /manifest for (?:docker\.io\/)?(?:library\/)?golang:([\w.-]{1,60}) not found/,
  /(?:docker\.io\/)?(?:library\/)?golang:([\w.-]{1,60}): (?:not found|failed to resolve|manifest unknown)/,
  /(?:could not find|no such) (?:go )?version[: ]+'?(?:go)?(\d[\w.]{0,20})'?/i,
  /gimme: [^\n]{0,80}\b(?:go)?(\d\.\d{1,2}(?:\.\d{1,2})?)/,
]

const rule: Rule = {
  id: 'ci-go-version',
  area: 'version',
  title: 'The Go version that the pipeline asks for does not exist',
  what: 'The step that installs Go, or the image golang:VERSION, finds no such version.',
  why: 'YAML reads 1.20 without quotes as the number 1.2, and 1.30 would be 1.3. Or the version is not released yet, is misspelt, or has no build for this system (old releases have none for arm64).',
  fix: 'Put the version in quotes: go-version: "1.20"; better, read it from go.mod with go-version-file.',
  classes: [],
  example: "##[error]Unable to find Go version '1.2' for platform linux and architecture x64.",
  markers: [
    'Unable to find Go version',
    'Unable to find',
    'Unable to resolve',
    'golang:',
    'such version',
    'find version',
    'such go version',
    'find go version',
    'gimme: ',
  ],
  message: (message) => {
    const block = plain(message)
    const wanted = missing.map((pattern) => pattern.exec(block)?.[1]).find((found) => found !== undefined)
    if (wanted === undefined) return undefined
    const yaml = /^1\.([1-9])(?:-[\w.-]+)?$/.exec(wanted)?.[1]
    return diagnosis({
      confidence: yaml === undefined ? 'likely' : 'certain',
      message:
        yaml === undefined
          ? `There is no Go ${wanted} for this system: it is misspelt, not released, or too old for it.`
          : `The pipeline asks for Go ${wanted}. Written without quotes, YAML takes 1.${yaml}0 for the number 1.${yaml}.`,
      fix: advice(
        yaml === undefined
          ? 'Name a version that exists; go-version-file: go.mod takes the one the module says.'
          : `Put it in quotes: go-version: "1.${yaml}0" (in a matrix each one). go-version-file: go.mod cannot go wrong in this way.`,
      ),
      key: wanted,
    })
  },
}

export default rule
