import { describe, expect, test } from '@jest/globals'
import type { TidyObservation } from '../../../../src/domain/observation.ts'
import { checkout, explain, observe } from '../../../helpers/rule-case.ts'

const sumOnly = `diff current/go.sum tidy/go.sum
--- current/go.sum
+++ tidy/go.sum
@@ -1,4 +1,2 @@
 example.com/lib v1.0.0 h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
 example.com/lib v1.0.0/go.mod h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=
-example.com/lib v1.1.0 h1:H16TcjhVKX6EWvMjVzXHgiAJBQJl3zNiZpKeNf0xyDE=
-example.com/lib v1.1.0/go.mod h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=
`
const removes = `diff current/go.mod tidy/go.mod
--- current/go.mod
+++ tidy/go.mod
@@ -1,5 +1,3 @@
 module example.com/app
 
 go 1.21
-
-require example.com/lib v1.0.0
`
const adds = `diff current/go.mod tidy/go.mod
--- current/go.mod
+++ tidy/go.mod
@@ -1,3 +1,5 @@
 module example.com/app
 
 go 1.21
+
+require example.com/lib v1.0.0
diff current/go.sum tidy/go.sum
--- current/go.sum
+++ tidy/go.sum
@@ -0,0 +1,2 @@
+example.com/lib v1.0.0 h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
+example.com/lib v1.0.0/go.mod h1:AhEHES9DrCB9xHcHc7+OtNtUEuN0z4wvrrUCNMTrrdo=
`
const seen = (diff: string): TidyObservation => ({ kind: 'tidy', probe: 'verify', module: '.', diff })
const bare = checkout({ mod: 'module example.com/app\n\ngo 1.21\n' })
const requiring = checkout({ mod: 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n' })

describe('untidy', () => {
  test('warns of what is only too much, with the diff as the fix', async () => {
    expect(await observe(seen(removes), requiring)).toMatchObject([
      {
        rule: 'untidy',
        severity: 'warning',
        message: 'go mod tidy would remove example.com/lib@v1.0.0 from go.mod.',
        fix: { commands: ['go mod tidy'], diff: removes },
        locations: [{ file: 'go.mod', line: 5 }],
      },
    ])
    expect(await observe(seen(sumOnly), requiring)).toMatchObject([
      {
        severity: 'warning',
        message: 'go mod tidy would remove 2 lines from go.sum.',
        locations: [{ file: 'go.mod', line: 1 }],
      },
    ])
  })

  test('with context: is an error when the module lacks a requirement', async () => {
    expect(await observe(seen(adds), bare)).toMatchObject([
      {
        rule: 'untidy',
        severity: 'error',
        message: 'go mod tidy would add example.com/lib@v1.0.0 to go.mod and add 2 lines to go.sum.',
      },
    ])
  })

  test('names a changed mark and a changed version', async () => {
    const changed = `--- current/go.mod
+++ tidy/go.mod
@@ -3,4 +3,4 @@
-	example.com/a v1.0.0
-	example.com/b v1.0.0
+	example.com/a v1.0.0 // indirect
+	example.com/b v1.1.0
`
    const [finding] = await observe(seen(changed), bare)
    expect(finding).toMatchObject({
      severity: 'warning',
      message:
        'go mod tidy would change how example.com/a is marked and example.com/b from v1.0.0 to v1.1.0 in go.mod.',
    })
  })

  test('is a notice when only the writing of go.mod differs', async () => {
    const rewritten = `diff current/go.mod tidy/go.mod
--- current/go.mod
+++ tidy/go.mod
@@ -2,6 +2,4 @@
-retract (
-	[v2.0.0+incompatible, v2.0.7+incompatible] // Accidental; no major changes or features.
-)
+retract [v2.0.0+incompatible, v2.0.7+incompatible] // Accidental; no major changes or features.
`
    expect(await observe(seen(rewritten), bare)).toMatchObject([
      { severity: 'notice', message: 'go mod tidy would rewrite lines of go.mod.' },
    ])
  })

  test('knows the diff in a log', async () => {
    expect(await explain(sumOnly, { exitCode: 1, command: 'go mod tidy -diff' })).toMatchObject([
      { rule: 'untidy', severity: 'error', message: 'go mod tidy would change go.sum.' },
    ])
  })

  test('is silent about a tidy module', async () => {
    expect(await observe(seen(''), bare)).toEqual([])
  })
})
