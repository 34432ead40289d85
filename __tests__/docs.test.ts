import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = path.resolve(import.meta.dirname, '..')

async function pages(): Promise<readonly string[]> {
  const top = (await readdir(root)).filter((name) => name.endsWith('.md'))
  const docs = (await readdir(path.join(root, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  return [...top, ...docs]
}

/** Relative targets of links and images, without their anchors. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.split('#')[0] ?? '')
}

describe('documentation', () => {
  test('links are found', () => {
    expect(linksOf('[a](docs/a.md#b), ![c](d.png), [e](https://example.com), [f](#g)')).toEqual(['docs/a.md', 'd.png'])
  })

  test('every relative link leads to a file', async () => {
    const broken: string[] = []
    const files = await pages()
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) {
      for (const target of linksOf(await readFile(path.join(root, file), 'utf8'))) {
        const found = await stat(path.join(root, path.dirname(file), target)).catch(() => undefined)
        if (found === undefined) broken.push(`${file}: ${target}`)
      }
    }
    expect(broken).toEqual([])
  })

  test('every page of docs/ is reached from the README', async () => {
    const reached = new Set<string>()
    const visit = async (file: string): Promise<void> => {
      if (reached.has(file) || !file.endsWith('.md')) return
      reached.add(file)
      const text = await readFile(path.join(root, file), 'utf8').catch(() => '')
      for (const target of linksOf(text)) await visit(path.posix.join(path.posix.dirname(file), target))
    }
    await visit('README.md')
    expect((await pages()).filter((file) => !reached.has(file))).toEqual([])
  })
})
