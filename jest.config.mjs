import { createDefaultEsmPreset } from 'ts-jest'

export default {
  ...createDefaultEsmPreset({ tsconfig: './tsconfig.json', diagnostics: false }),
  testEnvironment: 'node',
  testMatch: ['**/__tests__/**/*.test.ts'],
  testTimeout: 30_000,
  maxWorkers: 2,
}
