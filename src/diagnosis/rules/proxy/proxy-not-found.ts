import type { Rule } from '../../../domain/rule.ts'
import { advice, command } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { looksInternal, privateAdvice, privatePattern } from '../../rule-helpers/private-modules.ts'
import { proxyCase } from '../../rule-helpers/proxy-case.ts'
import { clip } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'proxy-not-found',
  area: 'proxy',
  title: 'The module proxy does not have a module or version',
  what: 'A module proxy answered 404 or 410, or a file proxy has no such file: it does not have this module at this version.',
  why: 'The module is private, its path or version is misspelt (also in upper and lower case), the tag was never pushed or was deleted, or the path lacks its /v2.',
  fix: 'For a private module set GOPRIVATE to the smallest prefix; otherwise correct the path or take a version that exists.',
  classes: ['P04', 'P05', 'P19'],
  example: `go: example.com/lib@v1.0.0: reading http://127.0.0.1:8787/404/example.com/lib/@v/v1.0.0.mod: 404 Not Found
	server response: not found: module not in this mirror`,
  markers: [': 404 ', ': 410 ', 'reading file://'],
  message: async (message, context) => {
    const found = await proxyCase(message, context)
    if (found?.fault.kind !== 'not-found') return undefined
    const { fault, module, name } = found
    const said = fault.response === undefined ? '' : ` It says: “${clip(fault.response)}”.`
    const status = fault.status === undefined ? 'no such file' : `HTTP ${fault.status}`
    const shared = { locations: found.locations, module: module?.path, version: module?.version, key: name }
    if (module === undefined) {
      return diagnosis({
        ...shared,
        confidence: 'likely',
        message: `${found.url} is not there (${status}).${said}`,
        fix: advice('Check the path and the version that the command asks for.'),
      })
    }
    if (fault.status === undefined) {
      return diagnosis({
        ...shared,
        message: `The file proxy has no ${name}: ${found.url} does not exist.`,
        fix: advice(`Add ${name} to the folder that GOPROXY names, or name a proxy after it in the list.`),
      })
    }
    const noRevision = /unknown revision|no matching versions|invalid version/.test(fault.response ?? '')
    const credentials = /could not read Username|terminal prompts disabled|Authentication failed/.test(found.block)
    if (credentials || looksInternal(module.path)) {
      return diagnosis({
        ...shared,
        confidence: credentials ? 'certain' : 'likely',
        message: `${found.host} cannot fetch ${name} (${status}): ${credentials ? 'its repository asks for a login' : 'its path looks like a private one'}.${said}`,
        fix: advice(privateAdvice(module.path) + '.', [`go env -w GOPRIVATE=${privatePattern(module.path)}`]),
      })
    }
    return diagnosis({
      ...shared,
      confidence: noRevision ? 'likely' : 'guess',
      message: noRevision
        ? `${found.host} finds no version ${module.version || 'of it'} of ${module.path} (${status}); the tag does not exist, or the module is private.${said}`
        : `${found.host} does not have ${name} (${status}). Likeliest first: it is private; the path or version is misspelt; it is gone.${said}`,
      fix: advice(`List the versions that exist and require one of them. ${privateAdvice(module.path)}.`, [
        command('go', 'list', '-m', '-versions', module.path),
      ]),
    })
  },
}

export default rule
