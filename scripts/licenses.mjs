// The licence notices of every package whose code is in a bundle.
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes one notice per package and version that esbuild took a file from, ordered by name. Fails when a package
 * neither brings a licence text nor names its licence: such code must not be shipped.
 * @param {string} root absolute path of the repository
 * @param {readonly string[]} inputs paths of the metafile, relative to the root
 * @returns {Promise<string>}
 */
export async function licenseNotices(root, inputs) {
  const folders = new Set()
  for (const input of inputs) {
    const folder = packageFolder(input)
    if (folder !== undefined) folders.add(folder)
  }
  const notices = new Map()
  for (const folder of folders) {
    const dir = path.join(root, folder)
    const { name, version, license } = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'))
    const text = await licenseText(dir)
    if (text === undefined && typeof license !== 'string') {
      throw new Error(`${folder}: no licence text and no licence named in its package.json`)
    }
    const title = `${name} ${version} (${license ?? 'see below'})`
    notices.set(title, `${title}\n\n${text ?? 'The package brings no licence text.'}`)
  }
  const rule = '-'.repeat(80)
  const body = [...notices.keys()].sort().map((title) => notices.get(title))
  return ['Third-party code in main.js and cli.js, and its licences.', ...body].join(`\n\n${rule}\n\n`) + '\n'
}

/**
 * The folder of the package a file belongs to (`node_modules/@scope/name`, nested ones included); undefined for our own.
 * @param {string} input
 */
function packageFolder(input) {
  const parts = input.split('/')
  const index = parts.lastIndexOf('node_modules')
  if (index === -1) return undefined
  const length = parts[index + 1]?.startsWith('@') ? 2 : 1
  return parts.slice(0, index + 1 + length).join('/')
}

/** @param {string} dir */
async function licenseText(dir) {
  const names = (await readdir(dir)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort()
  const texts = []
  for (const name of names) {
    texts.push((await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n').trim())
  }
  return texts.length === 0 ? undefined : texts.join('\n\n')
}
