// What portcheck tells otherwise than the compiler in the zoo, each with its reason; docs/ports.md says it for users. A
// difference that is not listed here fails the test, and so does a line that no difference needs.
export const known = [
  {
    zoo: 'load',
    package: 'example.com/load/badimport',
    why: 'The go command tells of an import path that cannot be one without a position; portcheck gives it one.',
  },
  {
    zoo: 'load',
    package: 'example.com/load/cycle/a',
    why: 'The go command keeps the stack of an import cycle apart from its text; portcheck writes both, as go build does.',
  },
  {
    zoo: 'load',
    package: 'example.com/load/cycle/self',
    why: 'The same.',
  },
  {
    zoo: 'ports',
    package: 'example.com/ports/lines',
    why: 'Behind a //line directive portcheck names the file relative to the directory of the source, the compiler as it stands.',
  },
  {
    zoo: 'ports',
    package: 'example.com/ports/huge',
    why: 'The sizes of types are not computed.',
  },
  {
    zoo: 'ports',
    package: 'example.com/ports/wasm',
    why: 'Which types can pass to and from the host is not checked.',
  },
  {
    zoo: 'syntax',
    package: 'example.com/syntax/typeswitch',
    why: 'A type switch without its guard in the right place: the same error, a few columns apart.',
  },
  {
    zoo: 'tests',
    package: 'example.com/tests/signature.test',
    why: 'Signatures of tests are left to go vet and go test.',
  },
  {
    zoo: 'tests',
    package: 'example.com/tests/cycle',
    why: 'As with other import cycles.',
  },
  {
    zoo: 'types',
    package: 'example.com/zoo/wordsize',
    why: 'As with ports/huge.',
  },
  {
    zoo: 'types',
    package: 'example.com/zoo/fields',
    why: 'Unexported methods of other packages are not read: they do not exist instead of being out of reach.',
  },
]
