import { describe, expect, test } from '@jest/globals'

import { childEnvironment } from '../../src/system/child-environment.ts'

describe('childEnvironment', () => {
  test("drops the runner's secrets and file commands and keeps what builds need", () => {
    const hidden = {
      ACTIONS_RUNTIME_TOKEN: 'x',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'x',
      ACTIONS_CACHE_URL: 'x',
      'INPUT_GO-VERSION': 'x',
      INPUT_TOKEN: 'x',
      'STATE_gopreflight-cache': 'x',
      GITHUB_TOKEN: 'x',
      GH_TOKEN: 'x',
      GITHUB_ENV: 'x',
      GITHUB_PATH: 'x',
      GITHUB_OUTPUT: 'x',
      GITHUB_STATE: 'x',
      GITHUB_STEP_SUMMARY: 'x',
      GITHUB_ARTIFACTS: 'x',
    }
    const kept = {
      PATH: '/bin',
      HOME: '/home/x',
      CC: 'clang',
      CGO_CFLAGS: '-O2',
      PKG_CONFIG_PATH: '/p',
      GIT_SSH_COMMAND: 'ssh',
      SSH_AUTH_SOCK: '/s',
      GOAUTH: 'netrc',
      HTTPS_PROXY: 'http://p',
      RUNNER_TRACKING_ID: 'github_1',
      GITHUB_WORKSPACE: '/w',
    }
    expect(childEnvironment({ ...hidden, ...kept })).toEqual(kept)
  })

  test('neither case nor additions bring a hidden name back', () => {
    expect(childEnvironment({ actions_runtime_token: 'x', A: '1' }, { GITHUB_TOKEN: 'x', B: '2' })).toEqual({
      A: '1',
      B: '2',
    })
  })

  test('undefined removes a name, and Windows compares names without case', () => {
    expect(childEnvironment({ GOFLAGS: '-x', B: '1' }, { GOFLAGS: undefined })).toEqual({ B: '1' })
    expect(childEnvironment({ Path: 'a' }, { PATH: 'b' }, 'win32')).toEqual({ PATH: 'b' })
    expect(childEnvironment({ Path: 'a' }, { PATH: 'b' }, 'linux')).toEqual({ Path: 'a', PATH: 'b' })
  })
})
