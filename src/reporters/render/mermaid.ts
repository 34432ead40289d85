import { fenced, mermaidLabel } from './escape.ts'
import type { TroubleGraph } from './trouble-graph.ts'

/**
 * A Mermaid flowchart in the plainest syntax, since the version that draws it is not ours to choose: ids are `n0`, `n1`;
 * labels pass mermaidLabel; colours work on a light and a dark page.
 */
export function mermaidBlock(graph: TroubleGraph): string {
  const nodes = graph.nodes.map((node, index) => {
    const at = node.name.lastIndexOf('@')
    const [path, version] = at > 0 ? [node.name.slice(0, at), node.name.slice(at + 1)] : [node.name, '']
    const label = version === '' ? mermaidLabel(path) : `${mermaidLabel(path)}<br/>${mermaidLabel(version, 40)}`
    const style = node.kind === 'between' ? '' : `:::${node.kind}`
    return `  n${index}["${label}"]${style}`
  })
  const edges = graph.edges.map(([from, to]) => `  n${from} --> n${to}`)
  const text = [
    'flowchart LR',
    ...nodes,
    ...edges,
    '  classDef main fill:#ddf4ff,stroke:#0969da,color:#0a3069',
    '  classDef trouble fill:#ffebe9,stroke:#cf222e,color:#82071e',
  ].join('\n')
  return fenced(text, 'mermaid', { maxLines: 1000, maxChars: 40_000 })
}
