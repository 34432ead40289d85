// schema/policy.schema.json, and the table of levels in docs/policy.md, from the tables in src/domain.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { replaceSections } from './generate-inputs.mjs'
import { loadTypeScript } from './load-typescript.mjs'

/**
 * @param {string} root absolute path of the repository
 * @returns {Promise<Map<string, string>>} content by path relative to the root
 */
export async function generatePolicy(root) {
  const { levelPatterns, levelVariables } = await loadTypeScript('src/domain/port.ts')
  const { levelValues } = await loadTypeScript('src/domain/levels.ts')
  const page = await readFile(path.join(root, 'docs/policy.md'), 'utf8')
  const variables = Object.keys(levelPatterns)
  const architectures = (variable) => Object.keys(levelVariables).filter((arch) => levelVariables[arch] === variable)
  const rows = variables.map(
    (variable) => `| ${architectures(variable).join(', ')} | \`${variable}\` | ${levelValues(variable)} |`,
  )
  const table = ['| Architecture | Variable | Levels |', '| --- | --- | --- |', ...rows].join('\n')
  return new Map([
    ['schema/policy.schema.json', `${JSON.stringify(policySchema(levelPatterns, levelVariables), null, 2)}\n`],
    ['docs/policy.md', replaceSections('docs/policy.md', page, { levels: table })],
  ])
}

function policySchema(levelPatterns, levelVariables) {
  const reason = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' }
  const levelOf = (arch) => levelPatterns[levelVariables[arch]].source
  const architectures = Object.keys(levelVariables)
  const name = '[A-Za-z0-9_]+'
  // A level stands behind the port: linux/amd64/v3.
  const withLevel = architectures.map((arch) => `${arch}/${unanchored(levelOf(arch))}`)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: 'Made by `npm run generate`. Do not edit.',
    title: 'gopreflight policy',
    description: 'What a team allows: .github/gopreflight.yml (docs/policy.md).',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      targets: {
        description:
          'What is expected of targets. Left: GOOS/GOARCH, GOOS/*, */GOARCH, GOOS/GOARCH/LEVEL, first-class or all; the most exact line decides.',
        type: ['object', 'null'],
        additionalProperties: false,
        patternProperties: {
          [`^(all|first-class|\\*|(${name}|\\*)/(${name}|\\*)|(${name}|\\*)/(${withLevel.join('|')}))$`]: {
            $ref: '#/$defs/expectation',
          },
        },
        propertyNames: { not: { const: 'host' } },
      },
      deploy: {
        description: 'What the programs are deployed to.',
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          cpu: {
            description: 'The level that every processor has on which the programs run, by target.',
            type: ['object', 'null'],
            additionalProperties: false,
            patternProperties: Object.fromEntries(
              architectures.map((arch) => [`^(${name}|\\*)/${arch}$`, levelSchema(levelOf(arch))]),
            ),
          },
        },
      },
    },
    $defs: {
      expectation: {
        oneOf: [
          { description: 'When it fails, the run fails.', const: 'must-build' },
          {
            type: 'object',
            additionalProperties: false,
            required: ['may-fail'],
            properties: {
              'may-fail': { description: 'Why it may fail.', ...reason },
              until: {
                description: 'The last day on which it may fail, in UTC.',
                type: 'string',
                pattern: '^\\d{4}-\\d{2}-\\d{2}$',
              },
            },
          },
          {
            type: 'object',
            additionalProperties: false,
            required: ['must-not-build'],
            properties: { 'must-not-build': { description: 'Why it must not build.', ...reason } },
          },
        ],
      },
    },
  }
}

/** `^v[1-4]$` as a part of a longer pattern. */
function unanchored(source) {
  return `(${source.replace(/^\^/, '').replace(/\$$/, '')})`
}

/** YAML reads 6 as a number. */
function levelSchema(source) {
  const numbers = ['5', '6', '7'].filter((text) => new RegExp(source).test(text)).map(Number)
  const text = { type: 'string', pattern: source }
  return numbers.length === 0 ? text : { anyOf: [text, { enum: numbers }] }
}
