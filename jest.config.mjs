import { createDefaultEsmPreset } from 'ts-jest'

const resultFile = process.env.JEST_RESULT_FILE

export default {
  ...createDefaultEsmPreset({ tsconfig: './tsconfig.json', diagnostics: false }),
  testEnvironment: 'node',
  testMatch: ['**/__tests__/**/*.test.ts'],
  globalSetup: '<rootDir>/__tests__/helpers/warm-up.mjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', ...(resultFile ? [['<rootDir>/scripts/jest-result.mjs', { file: resultFile }]] : [])],
}
