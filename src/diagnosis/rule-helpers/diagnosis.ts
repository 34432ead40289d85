import type { Confidence, Fix, Severity } from '../../domain/finding.ts'
import type { Location } from '../../domain/module.ts'
import type { Diagnosis, Parts } from '../../domain/rule.ts'

interface Case {
  readonly title?: string | undefined
  readonly message: string
  readonly fix: Fix
  readonly severity?: Severity
  readonly confidence?: Confidence
  readonly why?: string
  readonly locations?: readonly Location[]
  readonly module?: string | undefined
  readonly version?: string | undefined
  readonly package?: string | undefined
  readonly key?: string | undefined
  readonly family?: string | undefined
  readonly excerpt?: string | undefined
  readonly parts?: Parts
  readonly follows?: readonly string[]
}

/** A diagnosis from what a rule knows; an error and certain unless said otherwise, members without a value left out. */
export function diagnosis(known: Case): Diagnosis {
  return {
    severity: known.severity ?? 'error',
    confidence: known.confidence ?? 'certain',
    message: known.message,
    fix: known.fix,
    locations: known.locations ?? [],
    ...(known.title === undefined ? {} : { title: known.title }),
    ...(known.why === undefined ? {} : { why: known.why }),
    ...(known.module === undefined || known.module === '' ? {} : { module: known.module }),
    ...(known.version === undefined || known.version === '' ? {} : { version: known.version }),
    ...(known.package === undefined || known.package === '' ? {} : { package: known.package }),
    ...(known.key === undefined ? {} : { key: known.key }),
    ...(known.family === undefined ? {} : { family: known.family }),
    ...(known.excerpt === undefined ? {} : { excerpt: known.excerpt }),
    ...(known.parts === undefined ? {} : { parts: known.parts }),
    ...(known.follows === undefined || known.follows.length === 0 ? {} : { follows: known.follows }),
  }
}
