/** A top-level declaration of a Go file. `receiver` is set for a method. */
export interface Declaration {
  readonly name: string
  readonly receiver?: string
  readonly line: number
}

/** An import of a Go file. */
export interface Import {
  readonly path: string
  readonly alias?: string
  readonly line: number
}

const identifier = '[\\p{L}_][\\p{L}\\p{N}_]{0,200}'
const funcLine = new RegExp(`^func\\s+(?:\\(([^()]{0,300})\\)\\s*)?(${identifier})`, 'u')
const singleLine = new RegExp(`^(?:type|var|const)\\s+(${identifier}(?:\\s*,\\s*${identifier}){0,50})`, 'u')
const groupLine = /^(?:type|var|const)\s*\(/
const names = new RegExp(`^(${identifier}(?:\\s*,\\s*${identifier}){0,50})`, 'u')

/**
 * The top-level functions, methods, types, variables and constants of a Go file, found in its text: the file need not
 * compile, and no Go program is run. Comments and strings are skipped.
 */
export function declarations(source: string): readonly Declaration[] {
  const found: Declaration[] = []
  let depth = 0
  let grouped = false
  for (const [index, line] of blank(source, true).split('\n').entries()) {
    const text = line.trim()
    if (depth === 0) {
      grouped = groupLine.test(text)
      const [, receiver, name] = funcLine.exec(text) ?? []
      if (name !== undefined) found.push(method(name, receiver, index + 1))
      else for (const one of listed(singleLine.exec(text)?.[1])) found.push({ name: one, line: index + 1 })
    } else if (depth === 1 && grouped) {
      for (const one of listed(names.exec(text)?.[1])) found.push({ name: one, line: index + 1 })
    }
    depth = Math.max(0, depth + balance(text))
    if (depth === 0) grouped = false
  }
  return found
}

function method(name: string, receiver: string | undefined, line: number): Declaration {
  const type = receiver
    ?.replace(/\[.*$/, '')
    .trim()
    .split(/[\s*]+/)
    .at(-1)
  return type === undefined || type === '' ? { name, line } : { name, receiver: type, line }
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').map((name) => name.trim())
}

function balance(text: string): number {
  let depth = 0
  for (const char of text) {
    if (char === '{' || char === '(' || char === '[') depth++
    else if (char === '}' || char === ')' || char === ']') depth--
  }
  return depth
}

/** The imports of a Go file, `C` among them. */
export function imports(source: string): readonly Import[] {
  const text = blank(source, false)
  const end = /^(?:func|type|var|const)\b/m.exec(text)?.index ?? text.length
  const found: Import[] = []
  for (const [index, line] of text.slice(0, end).split('\n').entries()) {
    for (const part of line.split(';')) {
      const [, alias, path] =
        /^\s*(?:import\b)?[\s(]*([\p{L}_.][\p{L}\p{N}_]{0,200})?\s*["`]([^"`]{1,500})["`]/u.exec(part) ?? []
      if (path !== undefined && alias !== 'package')
        found.push({ path, line: index + 1, ...(alias === undefined ? {} : { alias }) })
    }
  }
  return found
}

/** Replaces comments, and strings when asked, by blanks; every line keeps its number. */
function blank(source: string, strings: boolean): string {
  const pattern = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g
  return source.replace(pattern, (part) => (part.startsWith('/') || strings ? part.replace(/[^\n]/g, ' ') : part))
}
