import type { Rule } from '../../../domain/rule.ts'
import { judge } from '../../rule-helpers/checksum.ts'
import { plain, splitModule } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'sum-mismatch',
  area: 'checksum',
  title: 'A module is not the one that go.sum records',
  what: 'The hash of a downloaded module differs from its line in go.sum. The go command stops with `checksum mismatch`.',
  why: 'Either the download is not what was published, or the line in go.sum is wrong. The checksum database, which keeps the first hash ever published of a version, decides which.',
  fix: 'When the database agrees with go.sum, clear the module cache and change the proxy. When it agrees with the download, correct the line. When it agrees with neither, stop. Deleting go.sum hides the question and answers nothing.',
  prevent: 'Never move a published tag, and merge go.sum with `go mod tidy` rather than by hand.',
  classes: ['S01'],
  example: `verifying example.com/lib@v1.0.0: checksum mismatch
	downloaded: h1:MWrsb+MdYGFVoVAWThwosSi5u4gGoooaXj08PPMUDbw=
	go.sum:     h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=`,
  markers: ['checksum mismatch'],
  message: (message, { facts }) => {
    const found =
      /verifying ([^\s@]+@[^\s:]+): checksum mismatch\s+downloaded: +(h1:[^\s]+)\s+([^\s:]*go(?:\.work)?\.sum): +(h1:[^\s]+)/.exec(
        plain(message),
      )
    const [, name, downloaded, sumFile, recorded] = found ?? []
    if (name === undefined || downloaded === undefined || sumFile === undefined || recorded === undefined) {
      return undefined
    }
    const { path, version } = splitModule(name.replace(/\/go\.mod$/, ''))
    const file = name.endsWith('/go.mod') ? 'mod' : 'zip'
    return judge({ path, version, file, downloaded, recorded, sumFile, cached: false }, facts)
  },
  observe: {
    sums: (observation, facts) =>
      Promise.all(
        observation.mismatches.map((found) =>
          judge(
            {
              path: found.path,
              version: found.version,
              file: found.file,
              downloaded: found.cached,
              recorded: found.goSum.hash,
              sumFile: found.goSumPath,
              cached: true,
            },
            facts,
          ).then((verdict) => ({
            ...verdict,
            locations: [{ file: found.goSumPath, line: found.goSum.line }],
          })),
        ),
      ),
  },
}

export default rule
