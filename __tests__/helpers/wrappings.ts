/** A log as another tool prints it: what stands before, around each line and after. */
export interface Wrapping {
  readonly name: string
  /** The tool runs builds alone. */
  readonly builds?: true
  readonly wrap: (lines: readonly string[], command: string) => readonly string[]
}

const each =
  (before: (line: string, index: number) => string) =>
  (lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => before(line, index))

const prefixed = (name: string, prefix: (index: number) => string, after: readonly string[] = []): Wrapping => ({
  name,
  wrap: (lines) => [...each((line, index) => `${prefix(index)}${line}`)(lines), ...after],
})

/** The forms in which people paste what a go command printed. */
export const wrappings: readonly Wrapping[] = [
  { name: 'as it is', wrap: (lines) => lines },
  { name: 'CRLF', wrap: each((line) => `${line}\r`) },
  {
    name: 'a prompt and the echoed command',
    wrap: (lines, command) => [`dev@box:~/app$ ${command}`, ...lines, 'dev@box:~/app$ '],
  },
  {
    name: 'Docker BuildKit, plain progress',
    wrap: (lines, command) => [
      `#12 [build 4/6] COPY . .`,
      '#12 DONE 0.1s',
      '',
      `#13 [build 5/6] RUN ${command}`,
      ...lines.map((line, index) => `#13 0.${300 + index} ${line}`),
      `#13 ERROR: process "/bin/sh -c ${command}" did not complete successfully: exit code: 1`,
    ],
  },
  {
    name: 'Docker BuildKit, the excerpt of the error',
    wrap: (lines, command) => [
      '------',
      ` > [build 5/6] RUN ${command}:`,
      ...lines.map((line, index) => `0.${300 + index} ${line}`),
      '------',
      'Dockerfile:9',
      '--------------------',
      '   7 |     COPY . .',
      '   8 |     ',
      `   9 | >>> RUN ${command}`,
      '  10 |     ',
      '--------------------',
      `ERROR: failed to solve: process "/bin/sh -c ${command}" did not complete successfully: exit code: 1`,
    ],
  },
  {
    name: 'Docker, classic builder',
    wrap: (lines, command) => [
      `Step 5/7 : RUN ${command}`,
      ' ---> Running in 0123456789ab',
      ...lines,
      `The command '/bin/sh -c ${command}' returned a non-zero code: 1`,
    ],
  },
  {
    name: 'GitHub Actions',
    wrap: (lines, command) => [
      `2026-01-02T03:04:05.0000000Z ##[group]Run ${command}`,
      `2026-01-02T03:04:05.0000001Z \u001b[36;1m${command}\u001b[0m`,
      '2026-01-02T03:04:05.0000002Z shell: /usr/bin/bash -e {0}',
      '2026-01-02T03:04:05.0000003Z ##[endgroup]',
      ...lines.map((line) => `2026-01-02T03:04:05.1234567Z ${line}`),
      '2026-01-02T03:04:06.0000000Z ##[error]Process completed with exit code 1.',
    ],
  },
  {
    name: 'gh run view --log',
    wrap: each((line) => `build\tRun go build\t2026-01-02T03:04:05.1234567Z ${line}`),
  },
  {
    name: 'GitLab with timestamps and sections',
    wrap: (lines, command) => [
      '2026-01-02T03:04:05.000000Z 00O section_start:1767323045:step_script\r\u001b[0K\u001b[0K\u001b[36;1mExecuting "step_script" stage of the job script\u001b[0;m',
      `2026-01-02T03:04:05.100000Z 01O \u001b[32;1m$ ${command}\u001b[0;m`,
      ...lines.map((line) => `2026-01-02T03:04:05.200000Z 01O ${line}`),
      '2026-01-02T03:04:05.300000Z 00O section_end:1767323046:step_script\r\u001b[0K\u001b[31;1mERROR: Job failed: exit code 1',
    ],
  },
  prefixed('docker compose', () => 'app-1  | ', ['app-1 exited with code 1']),
  prefixed('docker compose, old', () => 'web_1    | ', ['project_web_1 exited with code 1']),
  prefixed('Cloud Build', () => 'Step #2 - "build": ', [
    'Finished Step #2 - "build"',
    'ERROR: build step 2 "golang" failed: step exited with non-zero status: 1',
  ]),
  prefixed('Earthly', () => '              +build | ', ['Repeating the failure error...']),
  prefixed('TeamCity', () => '[03:04:05][Step 1/2] '),
  prefixed('Jenkins with timestamps', () => '[2026-01-02T03:04:05.123Z] '),
  prefixed('concurrently', () => '[0] ', ['[0] go build ./... exited with code 1']),
  prefixed('turbo', () => 'app:build: ', ['app:build: ERROR: command finished with error: exit status 1']),
  prefixed('git push to Heroku', () => 'remote:        ', ['remote:  !     Push rejected, failed to compile Go app.']),
  prefixed('Tekton', () => '[compile : build] '),
  prefixed('kubectl logs of a group', () => '[pod/build-x7k2p/main] '),
  prefixed('Buildkite', () => '\u001b_bk;t=1767323045123\u0007'),
  prefixed('systemd journal', () => 'Jan 02 03:04:05 box build[1234]: '),
  prefixed('Task, prefixed', () => '[build] ', ['task: Failed to run task "build": exit status 1']),
  prefixed('Vercel', (index) => `[03:04:05.${100 + index}] `),
  prefixed('Tilt', () => 'app │ '),
  {
    name: 'Docker, json-file',
    wrap: each((line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-01-02T03:04:05.1Z' })),
  },
  {
    name: 'Ansible',
    wrap: (lines, command) => [
      'TASK [build] *******************************************************************',
      `fatal: [build01]: FAILED! => {"changed": true, "cmd": ${JSON.stringify(command)}, "msg": "non-zero return code", "rc": 1, "stderr": ${JSON.stringify(lines.join('\n'))}, "stdout": ""}`,
    ],
  },
  {
    name: 'buildah',
    wrap: (lines, command) => [
      `STEP 5/8: RUN ${command}`,
      ...lines,
      `Error: building at STEP "RUN ${command}": while running runtime: exit status 1`,
    ],
  },
  prefixed('Nix', () => '       > ', ["       For full logs, run 'nix log /nix/store/0123-app-1.0.drv'."]),
  {
    name: 'Nix, whole',
    wrap: (lines) => [
      "error: builder for '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-app-1.0.drv' failed with exit code 1;",
      '       last 10 log lines:',
      '       > Building subPackage .',
      ...lines.map((line) => `       > ${line}`),
      "       For full logs, run 'nix log /nix/store/0123456789abcdfghijklmnpqrsvwxyz-app-1.0.drv'.",
    ],
  },
  {
    name: 'make',
    wrap: (lines, command) => [
      "make[1]: Entering directory '/src/app'",
      command,
      ...lines,
      'make[1]: *** [Makefile:7: build] Error 1',
      "make[1]: Leaving directory '/src/app'",
      'make: *** [Makefile:3: all] Error 2',
    ],
  },
  {
    name: 'make -j, with the lines of other jobs between',
    builds: true,
    wrap: (lines) => [
      'protoc --go_out=. api.proto',
      ...lines.flatMap((line, index) => (/^\s|^$/.test(line) || index === 0 ? [line] : ['npm run build:css', line])),
      'make: *** [Makefile:12: server] Error 1',
      'make: *** Waiting for unfinished jobs....',
      'Done in 2.31s.',
    ],
  },
  {
    name: 'goreleaser',
    builds: true,
    wrap: (lines) => [
      '  • starting release...',
      '  • building binaries',
      '    • building                                       binary=dist/app_linux_amd64_v1/app',
      `  ⨯ release failed after 1s                        error=build failed: exit status 1: ${lines[0] ?? ''}`,
      ...lines.slice(1),
      'target=linux_amd64_v1',
    ],
  },
  {
    name: 'goreleaser 2',
    builds: true,
    wrap: (lines) => [
      '  • building binaries',
      '  ⨯ release failed after 1s',
      '    error=',
      `    │ build failed: exit status 1: ${lines[0] ?? ''}`,
      ...lines.slice(1).map((line) => `    │ ${line}`),
      '    target=linux_amd64_v1',
    ],
  },
  {
    name: 'ko',
    builds: true,
    wrap: (lines) => [
      '2026/01/02 03:04:05 Building example.com/app for linux/amd64',
      '2026/01/02 03:04:06 Unexpected error running "go build": exit status 1',
      ...lines,
      'Error: failed to publish images: error building "ko://example.com/app": build: exit status 1',
    ],
  },
  {
    name: 'mage',
    wrap: (lines, command) => [
      'Running target: Build',
      ...lines,
      `Error: running "${command}" failed with exit code 1`,
    ],
  },
  {
    name: 'Bazel run rule',
    wrap: (lines) => [
      'INFO: Analyzed target //:app (0 packages loaded, 0 targets configured).',
      "ERROR: /src/app/BUILD.bazel:3:11: Executing genrule //:app failed: (Exit 1): bash failed: error executing Genrule command (from target //:app) /bin/bash -c 'source external/bazel_tools/tools/genrule/genrule-setup.sh; go build'",
      '',
      'Use --sandbox_debug to see verbose messages from the sandbox',
      ...lines,
      'Target //:app failed to build',
      'ERROR: Build did NOT complete successfully',
    ],
  },
  {
    name: 'Windows paths',
    wrap: each((line) => line.replaceAll('/src/app/', 'C:\\src\\app\\').replace(/^\.\//, '.\\')),
  },
  { name: 'a quote in Markdown', wrap: each((line) => `> ${line}`) },
  { name: 'indented, as in an issue', wrap: each((line) => `    ${line}`) },
]
