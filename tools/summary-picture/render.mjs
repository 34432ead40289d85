/**
 * Markdown to a picture of it as GitHub shows a job summary: the same grammar (GFM), the same kind of sanitiser, the
 * same style sheet, Mermaid drawn in strict mode, nothing loaded from the network.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

const require = createRequire(import.meta.url)
const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** The HTML that GitHub would make of the Markdown, sanitised. */
export async function toHtml(markdown) {
  const file = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(rehypeStringify)
    .process(markdown)
  return String(file)
}

/** Writes a PNG of `width` CSS pixels at double density; `open` unfolds every <details>. Prints what Mermaid complains of. */
export async function renderPicture(input, output, { width = 980, dark = false, open = false } = {}) {
  const html = await toHtml(await readFile(input, 'utf8'))
  const css = await readFile(
    require.resolve(`github-markdown-css/github-markdown-${dark ? 'dark' : 'light'}.css`),
    'utf8',
  )
  const page = `<!doctype html><meta charset="utf-8"><style>${css}
    body { margin: 0; background: ${dark ? '#0d1117' : '#ffffff'} }
    .markdown-body { box-sizing: border-box; padding: 24px 32px; width: ${width}px }
    .diff-added { color: ${dark ? '#aff5b4' : '#116329'}; background: ${dark ? '#033a16' : '#dafbe1'} }
    .diff-removed { color: ${dark ? '#ffdcd7' : '#82071e'}; background: ${dark ? '#67060c' : '#ffebe9'} }
    .mermaid svg { max-width: 100% }</style><article class="markdown-body">${html}</article>`
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
  try {
    const tab = await browser.newPage({ viewport: { width, height: 100 }, deviceScaleFactor: 2 })
    await tab.route('**/*', (route) => route.abort())
    await tab.setContent(page)
    await tab.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') })
    const problems = await tab.evaluate(drawDiagrams, { dark, open })
    for (const problem of problems) console.error(`mermaid: ${problem}`)
    await writeFile(output, await tab.screenshot({ fullPage: true }))
    return problems
  } finally {
    await browser.close()
  }
}

/** Runs inside the page. */
async function drawDiagrams({ dark, open }) {
  const problems = []
  if (open) for (const element of document.querySelectorAll('details')) element.open = true
  window.mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'default' })
  for (const element of document.querySelectorAll('code.language-diff')) {
    const lines = element.textContent
      .trimEnd()
      .split('\n')
      .map((text) => {
        const line = document.createElement('span')
        line.textContent = `${text}\n`
        line.className = text.startsWith('+') ? 'diff-added' : text.startsWith('-') ? 'diff-removed' : ''
        return line
      })
    element.replaceChildren(...lines)
  }
  for (const [index, element] of [...document.querySelectorAll('code.language-mermaid')].entries()) {
    try {
      const { svg } = await window.mermaid.render(`diagram${index}`, element.textContent)
      const box = document.createElement('div')
      box.className = 'mermaid'
      box.innerHTML = svg
      element.parentElement.replaceWith(box)
    } catch (error) {
      problems.push(String(error))
    }
  }
  return problems
}
