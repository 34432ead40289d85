import { describe, expect, test } from '@jest/globals'
import { code, fenced, link, mermaidLabel, prose, proseHtml, safeUrl } from '../../../src/reporters/render/escape.ts'
import { oneLine } from '../../../src/reporters/render/visible.ts'
import { hostileStrings } from '../../helpers/hostile.ts'
import { markdownNodes, shownText } from '../../helpers/markdown.ts'

const limits = { maxLines: 100, maxChars: 10_000 }

/** A small generator with a seed of its own: the same strings on every run. */
function randomStrings(count: number): readonly string[] {
  const alphabet = [
    '`',
    '``',
    '\\',
    '|',
    '*',
    '_',
    '<',
    '>',
    '[',
    ']',
    '(',
    ')',
    '!',
    '@',
    '#',
    '~',
    '&',
    ':',
    '/',
    '.',
    '-',
    '+',
    '=',
    '1',
    'a',
    'b',
    'www.',
    'http://',
    '\n',
    ' ',
    '\t',
    '"',
    '$',
    '{',
    '%',
    '</details>',
    ';',
    'x@y.zz',
  ]
  let seed = 7
  const next = (max: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * max)
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(14) }, () => alphabet[next(alphabet.length)] ?? '').join(''),
  )
}

const samples = [...hostileStrings, ...randomStrings(250)]
const kinds = (text: string): readonly string[] => [...new Set(markdownNodes(text).map((node) => node.type))].sort()
const squeezed = (text: string): string => text.replace(/[\s`]/g, '')

describe('prose', () => {
  test('is words and code whatever it is given, alone or in a sentence, and shows every character', () => {
    for (const sample of samples) {
      for (const text of [prose(sample), `before ${prose(sample)} after`, `**Why** ${prose(sample)}`]) {
        const strange = kinds(text).filter(
          (kind) => !['root', 'paragraph', 'text', 'inlineCode', 'strong'].includes(kind),
        )
        expect({ sample, text, strange }).toEqual({ sample, text, strange: [] })
      }
      expect(squeezed(shownText(markdownNodes(prose(sample))))).toBe(squeezed(oneLine(sample)))
    }
  })

  test('keeps a table one cell wide', () => {
    for (const sample of samples) {
      const text = `| a | b |\n| :-- | :-- |\n| ${prose(sample, { cell: true })} | end |`
      const nodes = markdownNodes(text)
      const cells = nodes.filter((node) => node.type === 'tableCell')
      expect({ sample, cells: cells.length, last: shownText(markdownNodes(text)).endsWith('end') }).toEqual({
        sample,
        cells: 4,
        last: true,
      })
      expect(nodes.some((node) => ['link', 'image', 'html'].includes(node.type))).toBe(false)
    }
  })

  test('marks what belongs to the machine as code and leaves words alone', () => {
    expect(prose('golang.org/x/net@v0.3.0 needs Go 1.21 (see go.mod:3).')).toBe(
      '`golang.org/x/net@v0.3.0` needs Go 1.21 (see `go.mod:3`).',
    )
    expect(prose('Run `go mod tidy`, e.g. with -trimpath and CGO_ENABLED=0!')).toBe(
      'Run `go mod tidy`, e.g. with `-trimpath` and `CGO_ENABLED=0`!',
    )
  })

  test('no mention, reference, address or emoji name is left outside code', () => {
    for (const sample of [
      '@octocat',
      'x (@octocat)',
      '#12',
      'GH-12',
      'a#1',
      'http://x',
      'www.x.y',
      'a@b.cc',
      ':rocket:',
      '$x$',
    ]) {
      const outside = markdownNodes(prose(sample)).filter((node) => node.type === 'text')
      expect(outside.map((node) => node.value).join('')).not.toMatch(/[@#$/]|www|GH-\d|:\w+:/)
    }
  })
})

describe('code', () => {
  test('is one code span with exactly the text', () => {
    for (const sample of samples) {
      const nodes = markdownNodes(`x ${code(sample)} y`)
      expect(nodes.map((node) => node.type)).toEqual(['root', 'paragraph', 'text', 'inlineCode', 'text'])
      expect(nodes[3]?.value).toBe(oneLine(sample, 300) || '(empty)')
    }
  })
})

describe('fenced', () => {
  test('is one block', () => {
    for (const sample of samples) {
      const nodes = markdownNodes(`${fenced(sample, 'text', limits)}\n\nafter`)
      expect({ sample, types: nodes.map((node) => node.type) }).toEqual({
        sample,
        types: ['root', 'code', 'paragraph', 'text'],
      })
    }
  })

  test('keeps the beginning and the end of what is long, and says how much is between', () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join('\n')
    const shown = fenced(text, 'text', { maxLines: 9, maxChars: 10_000 }).split('\n')
    expect(shown.slice(1, -1)).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 5',
      'line 6',
      '… 91 more lines …',
      'line 98',
      'line 99',
      'line 100',
    ])
  })
})

describe('HTML', () => {
  test('in a <summary> nothing of it is markup', () => {
    for (const sample of samples) {
      const html = proseHtml(sample)
      expect(html.replaceAll('<code>', '').replaceAll('</code>', '')).not.toMatch(/[<>"\n`]|&(?!#\d+;)/)
      expect((html.match(/<code>/g) ?? []).length).toBe((html.match(/<\/code>/g) ?? []).length)
    }
  })
})

describe('link', () => {
  test('only leads to http and https, and ends where we end it', () => {
    expect(safeUrl('javascript:alert(1)')).toBeUndefined()
    expect(safeUrl('data:text/html,x')).toBeUndefined()
    expect(safeUrl('docs/rules/a.md')).toBeUndefined()
    for (const sample of samples) {
      const nodes = markdownNodes(link(code('label'), `https://x.example/${sample}`))
      const links = nodes.filter((node) => node.type === 'link')
      expect({ sample, links: links.length, host: links[0]?.url?.startsWith('https://x.example/') }).toEqual({
        sample,
        links: 1,
        host: true,
      })
      expect(shownText(nodes)).toBe('label')
    }
  })
})

describe('mermaidLabel', () => {
  test('holds nothing that Mermaid could act on', () => {
    for (const sample of samples) expect(mermaidLabel(sample)).toMatch(/^[\p{L}\p{N} ./@+~…·-]*$/u)
    expect(mermaidLabel('golang.org/x/net')).toBe('golang.org/x/net')
    expect(mermaidLabel(`github.com/${'a'.repeat(200)}/b`).length).toBeLessThanOrEqual(61)
  })
})
