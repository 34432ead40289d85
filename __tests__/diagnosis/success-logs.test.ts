import { describe, expect, test } from '@jest/globals'

import { noFacts } from '../../src/diagnosis/facts/no-facts.ts'
import { createLogDiagnosis } from '../../src/pipeline/diagnose-log.ts'

async function errorsIn(log: string): Promise<readonly string[]> {
  const diagnosis = createLogDiagnosis({ name: 'log', facts: noFacts, disabled: new Set(), docsUrl: (rule) => rule })
  for (const line of log.split('\n')) diagnosis.push(line)
  const { findings, unexplained } = await diagnosis.end()
  return [
    ...findings.filter((finding) => finding.severity === 'error').map((finding) => finding.rule),
    ...unexplained.map(({ excerpt }) => excerpt),
  ]
}

/** What commands printed that ended well, in words that make one look twice. */
const logs: readonly (readonly [name: string, log: string])[] = [
  [
    'a program that recovers',
    `$ go run .
error: undefined: x (this is only text)
panic recovered; 0 failed, 3 errors expected
warning: cannot find config file, using defaults
2026/01/02 03:04:05 connection refused, retrying
2026/01/02 03:04:05 request failed: 404 Not Found
recovered: wanted
`,
  ],
  [
    'go test -v with a test that logs what fails elsewhere',
    `=== RUN   TestToml
    toml_test.go:383:   valid: passed 178; failed 5
    toml_test.go:384: invalid: passed 345; failed 0
--- PASS: TestToml (0.31s)
=== RUN   TestPanics
panic: wanted
./main.go:3:5: undefined: x
--- PASS: TestPanics (0.00s)
PASS
ok  	github.com/BurntSushi/toml	0.402s
`,
  ],
  [
    'events of tests that run at once',
    `{"Action":"run","Package":"example.com/a","Test":"TestOne"}
{"Action":"output","Package":"example.com/a","Test":"TestOne","Output":"=== RUN   TestOne\\n"}
{"Action":"output","Package":"example.com/a","Test":"TestTwo","Output":"--- PASS: TestTwo (0.00s)\\n"}
{"Action":"output","Package":"example.com/a","Test":"TestOne","Output":"./main.go:3:5: undefined: x\\n"}
{"Action":"output","Package":"example.com/a","Test":"TestOne","Output":"    one_test.go:383: failed 5\\n"}
{"Action":"output","Package":"example.com/a","Test":"TestOne","Output":"--- PASS: TestOne (0.31s)\\n"}
{"Action":"output","Package":"example.com/a","Output":"ok  \\texample.com/a\\t0.402s\\n"}
`,
  ],
  [
    'the summary of gotestsum',
    `✓  internal/panic (12ms) (coverage: 88.1% of statements)

=== Skipped
=== SKIP: internal/net TestDialRefused (0.00s)
    net_test.go:10: needs a network: dial tcp 192.0.2.1:80: connect: connection refused

DONE 61 tests, 1 skipped in 1.204s
`,
  ],
  [
    'the documentation of a package, with programs in it',
    `package logrus // import "github.com/sirupsen/logrus"

The simplest way to use Logrus is simply the package-level exported logger:

    package main

    import (
      log "github.com/sirupsen/logrus"
    )

func Error(args ...interface{})
    Error logs a message at level Error on the standard logger.
`,
  ],
  [
    'a build step of Docker',
    `#7 [build 4/4] RUN go test -v ./... && go build -o /app .
#7 0.612 go: downloading github.com/stretchr/testify v1.9.0
#7 4.120 === RUN   TestFailureIsReported
#7 4.121     main_test.go:12: error: open missing.txt: no such file or directory
#7 4.121 --- PASS: TestFailureIsReported (0.00s)
#7 4.122 PASS
#7 DONE 9.8s
`,
  ],
  [
    'golangci-lint without a finding',
    `level=info msg="[lintersdb] Active 8 linters: [errcheck errorlint gosimple govet]"
level=info msg="[runner] Processors filtering stat (in/out): exclude: 3/0, nolint: 0/0"
0 issues.
`,
  ],
]

describe('logs of what ended well', () => {
  test.each(logs)('%s', async (_, log) => {
    expect(await errorsIn(log)).toEqual([])
    const github = log.split('\n').map((line) => `2026-01-02T03:04:05.1234567Z ${line}`)
    expect(await errorsIn(github.join('\n'))).toEqual([])
    expect(await errorsIn(log.replaceAll(/^.*$/gm, (line) => `\u001b[33m${line}\u001b[0m\r`))).toEqual([])
  })

  test('the same words at the end of a short paste are a complaint', async () => {
    expect(await errorsIn('$ frobnicate\nerror: undefined: x (this is only text)\n')).toEqual([
      expect.stringContaining('error: undefined: x'),
    ])
  })

  test('a test that fails is one also for gotestsum and in events', async () => {
    expect(
      await errorsIn('=== FAIL: internal/store TestOpen (0.01s)\n    open_test.go:12: got 1, want 2\n\nDONE 3 tests\n'),
    ).toEqual(['test-failed'])
    expect(
      await errorsIn(
        '{"Action":"output","Package":"a","Test":"TestOpen","Output":"    open_test.go:12: got 1\\n"}\n{"Action":"output","Package":"a","Test":"TestOpen","Output":"--- FAIL: TestOpen (0.01s)\\n"}\n',
      ),
    ).toEqual(['test-failed'])
  })
})
