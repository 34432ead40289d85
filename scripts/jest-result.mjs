// A jest reporter that writes jest's own counts to a file. `npm cit` hands no arguments to jest, so that --json and
// --outputFile cannot be used; .ci/run names the file in the environment instead.
import { writeFileSync } from 'node:fs'

export default class ResultFile {
  constructor(_globalConfig, { file }) {
    this.file = file
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = results
    writeFileSync(this.file, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }))
  }
}
