import { describe, expect, test } from '@jest/globals'
import { explain, rulesOf } from '../../../helpers/rule-case.ts'
import rule from '../../../../src/diagnosis/rules/vendor/nix-vendor-hash.ts'

// The wording of Nix 2.4 and later (libstore, the check of a fixed-output derivation's result).
const printed = `building '/nix/store/x4r2c0pvr9k9xjw0pz3sh9i1c7b7q0ad-app-1.0-go-modules.drv'...
${(rule.example ?? '').replace('4v2…', 'x4r2c0pvr9k9xjw0pz3sh9i1c7b7q0ad')}
error: 1 dependencies of derivation '/nix/store/def-app-1.0.drv' failed to build`

describe('nix-vendor-hash', () => {
  test('gives the hash to write', async () => {
    expect(await explain(printed)).toMatchObject([
      {
        rule: 'nix-vendor-hash',
        severity: 'error',
        confidence: 'certain',
        message:
          'The modules of app-1.0 have another hash than the vendorHash of its Nix package: sha256-1Sm9ryLcUJVBfcmQUs1SFQM9Ki4RV6kqR6j6MSGR9TI=.',
      },
    ])
  })

  test('is silent about sources that are no Go modules', async () => {
    expect(rulesOf(await explain(printed.replaceAll('-go-modules', '-source')))).not.toContain('nix-vendor-hash')
  })
})
