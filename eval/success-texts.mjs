// What programs around Go print when all is well, and words such as error and failed stand in it all the same.
export const successLogs = {
  'golangci-lint finds nothing': `$ golangci-lint run -v ./...
INFO golangci-lint has version 1.64.8 built with go1.24.1 from 8b37f14 on 2025-03-17T20:41:53Z
INFO [config_reader] Config search paths: [./ /home/dev/app /home/dev /home /]
INFO [lintersdb] Active 8 linters: [errcheck errorlint gofumpt gosimple govet ineffassign staticcheck unused]
INFO [loader] Go packages loading at mode 575 (deps|exports_file|files|imports|name|types_sizes|compiled_files) took 1.2s
INFO [runner/exclusion_rules] Skipped 0 issues by pattern "Error return value of .(.*Close|.*Flush)"
INFO [runner] Processors filtering stat (in/out): cgo: 3/3, exclude: 3/0, nolint: 0/0
INFO [runner] processing took 1.1ms with stages: nolint: 31µs, invalid_issue: 12µs
INFO File cache stats: 0 entries of total size 0B
INFO Execution took 2.4s
0 issues.
`,
  'golangci-lint 2': `0 issues.\n`,
  goreleaser: `  • starting release...
  • loading                                          path=.goreleaser.yaml
  • skipping validate...
  • getting and validating git state
    • git state                                      commit=1f2d3c branch=main current_tag=v1.2.3 previous_tag=v1.2.2 dirty=false
    • pipe skipped                                   reason=validation is disabled
  • building binaries
    • building                                       binary=dist/app_linux_amd64_v1/app
    • building                                       binary=dist/app_windows_amd64_v1/app.exe
  • writing artifacts metadata
  • warning: error reading previous changelog, ignoring it
  • release succeeded after 41s
`,
  'npm around go': `> app@1.0.0 build
> npm run build:go && npm run build:web

npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.
npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported

> app@1.0.0 build:go
> go build -o bin/server ./cmd/server

go: downloading github.com/pkg/errors v0.9.1

added 412 packages, and audited 413 packages in 9s

found 0 vulnerabilities
vite v5.4.2 building for production...
✓ 124 modules transformed.
dist/assets/error-4f2c1d.js    1.32 kB │ gzip: 0.66 kB
✓ built in 1.92s
`,
  'docker build': `Sending build context to Docker daemon  14.85kB
Step 1/6 : FROM golang:1.22-alpine AS build
 ---> 8e96e6cff6a4
Step 2/6 : WORKDIR /src
 ---> Using cache
 ---> 5f2e3b1c0d9a
Step 3/6 : COPY . .
 ---> 2b1c3d4e5f60
Step 4/6 : RUN CGO_ENABLED=0 go build -o /app ./cmd/error-reporter
 ---> Running in 9c0a1b2c3d4e
go: downloading github.com/pkg/errors v0.9.1
Removing intermediate container 9c0a1b2c3d4e
 ---> 7d6e5f4a3b2c
Step 5/6 : FROM scratch
 --->
Step 6/6 : COPY --from=build /app /app
 ---> 0a9b8c7d6e5f
Successfully built 0a9b8c7d6e5f
Successfully tagged error-reporter:latest
`,
  buildx: `#0 building with "default" instance using docker driver
#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 312B done
#1 DONE 0.0s
#2 [internal] load metadata for docker.io/library/golang:1.22
#2 DONE 0.9s
#5 [build 2/4] WORKDIR /src
#5 CACHED
#7 [build 4/4] RUN go test -v ./... && go build -o /app .
#7 0.612 go: downloading github.com/stretchr/testify v1.9.0
#7 4.120 === RUN   TestFailureIsReported
#7 4.121     main_test.go:12: error: open missing.txt: no such file or directory
#7 4.121 --- PASS: TestFailureIsReported (0.00s)
#7 4.122 PASS
#7 4.125 ok  	example.com/app	0.004s
#7 DONE 9.8s
#9 exporting to image
#9 writing image sha256:2c1d0e done
#9 DONE 0.1s
`,
  'apt and apk': `Get:1 http://mirror.example/debian bookworm InRelease [151 kB]
Reading package lists...
Building dependency tree...
The following NEW packages will be installed:
  gcc libc6-dev liberror-perl libgpg-error0
debconf: delaying package configuration, since apt-utils is not installed
debconf: unable to initialize frontend: Dialog
debconf: (TERM is not set, so the dialog frontend is not usable.)
Setting up liberror-perl (0.17029-2) ...
Setting up libgpg-error0:amd64 (1.46-1) ...
update-alternatives: warning: skip creation of /usr/share/man/man1/c99.1.gz because associated file doesn't exist
fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz
(1/3) Installing libgpg-error (1.49-r0)
OK: 212 MiB in 38 packages
`,
  'setup-go and cache': `Setup go version spec 1.22
Found in cache @ /opt/hostedtoolcache/go/1.22.5/x64
Added go to the path
Successfully set up Go version 1.22
go: downloading go1.22.5 (linux/amd64)
[command]/opt/hostedtoolcache/go/1.22.5/x64/bin/go env GOMODCACHE
Cache is not found
Failed to restore: Cache service responded with 503
Warning: Restore cache failed: Dependencies file is not found in /home/runner/work/app. Supported file pattern: go.sum
go version go1.22.5 linux/amd64
`,
  'git checkout': `Syncing repository: example/app
##[group]Getting Git version info
Working directory is '/home/runner/work/app/app'
[command]/usr/bin/git version
git version 2.45.2
##[endgroup]
hint: Using 'master' as the name for the initial branch. This default branch name
hint: is subject to change. To configure the initial branch name to use in all
hint: of your new repositories, which will suppress this warning, call:
hint:
hint: 	git config --global init.defaultBranch <name>
Initialized empty Git repository in /home/runner/work/app/app/.git/
[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --prune --no-recurse-submodules --depth=1 origin +1f2d3c:refs/remotes/pull/7/merge
remote: Enumerating objects: 52, done.
remote: Counting objects: 100% (52/52), done.
remote: Compressing objects: 100% (40/40), done.
remote: Total 52 (delta 2), reused 20 (delta 0), pack-reused 0 (from 0)
From https://github.com/example/app
 * [new ref]         1f2d3c -> pull/7/merge
Note: switching to 'refs/remotes/pull/7/merge'.

You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.
HEAD is now at 1f2d3c Merge fix: panic: runtime error in parser (#41)
`,
  'go vet, staticcheck and govulncheck': `$ go vet ./...
$ staticcheck ./...
$ govulncheck ./...
=== Symbol Results ===

No vulnerabilities found.

Your code is affected by 0 vulnerabilities.
This scan also found 1 vulnerability in packages you import and 2
vulnerabilities in modules you require, but your code doesn't appear to call
these vulnerabilities.
Use '-show verbose' for more details.
`,
  ginkgo: `Running Suite: Controller Suite - /src/internal/controller
=========================================================
Random Seed: 1719400000

Will run 3 of 3 specs
2026-01-02T03:04:05Z	ERROR	Reconciler error	{"controller": "widget", "error": "admission webhook denied the request: invalid name"}
sigs.k8s.io/controller-runtime/pkg/internal/controller.(*Controller).reconcileHandler
	/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.18.4/pkg/internal/controller/controller.go:324
•••

Ran 3 of 3 Specs in 0.214 seconds
SUCCESS! -- 3 Passed | 0 Failed | 0 Pending | 0 Skipped
PASS
ok  	example.com/app/internal/controller	0.431s	coverage: 61.2% of statements
`,
  gotestsum: `∅  cmd/server
✓  internal/errors (cached)
✓  internal/panic (12ms) (coverage: 88.1% of statements)

=== Skipped
=== SKIP: internal/net TestDialRefused (0.00s)
    net_test.go:10: needs a network: dial tcp 192.0.2.1:80: connect: connection refused

DONE 61 tests, 1 skipped in 1.204s
`,
  'linker warnings': `# example.com/app
/usr/bin/ld: /tmp/go-link-1/000004.o: in function \`_cgo_97ab22c4dc7b_C2func_getaddrinfo':
/tmp/go-build/cgo-gcc-prolog:60: warning: Using 'getaddrinfo' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking
# github.com/mattn/go-sqlite3
sqlite3-binding.c: In function 'sqlite3SelectNew':
sqlite3-binding.c:128049:10: warning: function may return address of local variable [-Wreturn-local-addr]
128049 |   return pNew;
       |          ^~~~
# example.com/app
ld: warning: ignoring duplicate libraries: '-lm'
ld: warning: -no_pie is deprecated when targeting new OS versions
`,
  'the log of a service': `2026/01/02 03:04:05 http: TLS handshake error from 10.0.0.7:51234: remote error: tls: unknown certificate
2026/01/02 03:04:06 reading https://example.com/feed: 404 Not Found
{"level":"error","ts":1719400000.1,"caller":"server/main.go:31","msg":"could not load user","error":"permission denied"}
time="2026-01-02T03:04:08Z" level=error msg="cache miss: undefined key" func=main.load
level=warn ts=2026-01-02T03:04:09Z caller=main.go:12 msg="fatal errors are only logged here"
`,
}
