// A module of many packages for timing: layers that import one another, some code for single operating systems, methods,
// generics and embedded types, and one port-specific mistake.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const std = [
  'fmt',
  'os',
  'strings',
  'sort',
  'errors',
  'io',
  'sync',
  'time',
  'bytes',
  'strconv',
  'context',
  'path/filepath',
]

/**
 * Writes a module with `count` packages and a go.mod into a folder.
 * @param {string} dir
 * @param {number} count
 */
export function generateModule(dir, count) {
  writeFileSync(path.join(dir, 'go.mod'), 'module example.com/generated\n\ngo 1.22\n')
  for (let n = 0; n < count; n += 1) writePackage(dir, n)
}

function writePackage(dir, n) {
  const folder = path.join(dir, `group${n % 40}`, `p${n}`)
  mkdirSync(folder, { recursive: true })
  // Imports of lower numbers alone, so that there is no cycle.
  const imports = n < 10 ? [] : [...new Set([n - 7, n >> 1, n - (n % 10) - 3].filter((m) => m >= 0 && m < n))]
  const used = std[n % std.length]
  const lines = [
    `package p${n}`,
    '',
    'import (',
    `\t_ "${used}"`,
    '\t"fmt"',
    '\t"os"',
    ...imports.map((m) => `\t"example.com/generated/group${m % 40}/p${m}"`),
    ')',
    '',
    `// Item is a thing of package ${n}.`,
    'type Item struct {',
    '\tName string',
    `\tSize [${(n % 7) + 1}]int`,
    ...imports.slice(0, 1).map((m) => `\tInner p${m}.Item`),
    '\thidden map[string]*Item',
    '}',
    '',
    'func New(name string) *Item { return &Item{Name: name, hidden: map[string]*Item{}} }',
    '',
    'func (i *Item) String() string { return fmt.Sprintf("%s %d", i.Name, len(i.Size)) }',
    '',
    'type Box[T fmt.Stringer] struct{ list []T }',
    '',
    'func (b *Box[T]) Add(item T) { b.list = append(b.list, item) }',
    '',
    'func Work(count int) (int, error) {',
    '\tbox := Box[*Item]{}',
    '\tfor i := 0; i < count; i++ {',
    '\t\tbox.Add(New(fmt.Sprint(i, os.Getpid(), platform())))',
    '\t}',
    ...imports.flatMap((m) => [
      `\tif n, err := p${m}.Work(count - 1); err != nil || n < 0 {`,
      '\t\treturn n, err',
      '\t}',
    ]),
    '\treturn len(box.list), nil',
    '}',
  ]
  const file = (name, text) => writeFileSync(path.join(folder, name), text)
  file(`p${n}.go`, `${lines.join('\n')}\n`)
  file(
    'platform_unix.go',
    `//go:build unix\n\npackage p${n}\n\nimport "syscall"\n\nfunc platform() int { return int(syscall.SIGTERM) + ${n} }\n`,
  )
  const wrong = n % 500 === 499 ? 'undefinedElsewhere()' : String(n)
  file('platform_other.go', `//go:build !unix\n\npackage p${n}\n\nfunc platform() int { return ${wrong} }\n`)
}
