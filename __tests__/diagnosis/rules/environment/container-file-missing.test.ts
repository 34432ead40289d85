import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'

const printed = `COPY failed: file not found in build context or excluded by .dockerignore: stat go.sum: file does not exist`

describe('container-file-missing', () => {
  test('names the cause', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'container-file-missing',
        confidence: 'certain',
        message: expect.stringMatching(/^go\.sum is not in the build context/),
      },
    ])
  })

  test.each([
    `ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 4bd0::y1: "/libs/common": not found`,
    `docker: Error response from daemon: failed to create task for container: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/server": stat /app/server: no such file or directory: unknown.`,
    `Forbidden path outside the build context: ../go.mod ()`,
  ])('knows it in other words: %s', async (text) => {
    expect(new Set(rulesOf(await explain(text)))).toEqual(new Set(['container-file-missing']))
  })

  test.each([`sh: 1: ./t: not found`])('is not about: %s', async (text) => {
    expect(rulesOf(await explain(text))).not.toContain('container-file-missing')
  })
})
