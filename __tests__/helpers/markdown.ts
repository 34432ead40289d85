import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** A node of a parsed Markdown document, as far as the tests look. */
export interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly url?: string
  readonly lang?: string | null
  readonly depth?: number
  readonly children?: readonly MarkdownNode[]
}

/** Every node of the text, parsed as GitHub-flavoured Markdown, parents before their children. */
export function markdownNodes(text: string): readonly MarkdownNode[] {
  const flat: MarkdownNode[] = []
  const visit = (node: MarkdownNode): void => {
    flat.push(node)
    node.children?.forEach(visit)
  }
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as MarkdownNode)
  return flat
}

/** The words that a reader sees of the nodes, code included. */
export function shownText(nodes: readonly MarkdownNode[]): string {
  return nodes
    .filter((node) => node.type === 'text' || node.type === 'inlineCode' || node.type === 'code')
    .map((node) => node.value ?? '')
    .join('')
}
