import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'thread-limit',
  area: 'environment',
  title: 'No more processes or threads may be started',
  what: 'The system refuses another thread or process: “resource temporarily unavailable”.',
  why: 'The user or the container has a limit of processes and threads (ulimit -u, pids.max, TasksMax of systemd), and a parallel build comes near it. A lack of memory can look the same.',
  fix: 'Raise the limit, or let the build do less at once.',
  classes: [],
  example: `runtime: failed to create new OS thread (have 9 already; errno=11)
runtime: may need to increase max user processes (ulimit -u)
fatal error: newosproc`,
  markers: ['esource temporarily unavailable', 'errno=11)', 'max user processes', '-thread limit'],
  message: (message) => {
    if (message.printer === 'test') return undefined
    const block = plain(message)
    if (block.includes('errno=1)')) return undefined
    const own = /program exceeds (\d{1,9})-thread limit/.exec(block)?.[1]
    if (
      own === undefined &&
      !/(?:pthread_create failed|fork\/exec [^\n]{1,400}|fork|vfork|posix_spawn|cannot fork|create (?:new OS |a )?thread)[^\n]{0,60}: [Rr]esource temporarily unavailable|errno=11\)|increase max user processes/.test(
        block,
      )
    )
      return undefined
    return own === undefined
      ? diagnosis({
          message: 'The limit of processes and threads of this user or container is reached.',
          fix: advice(
            'Raise it (ulimit -u, docker run --pids-limit, TasksMax in systemd), or let the build do less at once.',
            ['ulimit -u', 'cat /sys/fs/cgroup/pids.max', 'GOMAXPROCS=2 go build -p 1 ./...'],
          ),
          key: 'limit',
        })
      : diagnosis({
          confidence: 'likely',
          message: `The program has ${own} threads that all wait in system calls: the run-time of Go gives up there.`,
          fix: advice(
            'Limit how many goroutines call into C or wait for files at once; a dump of them (in the log) shows where they stand.',
          ),
          key: 'own',
        })
  },
}

export default rule
