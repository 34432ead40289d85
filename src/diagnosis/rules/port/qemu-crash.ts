import type { Rule } from '../../../domain/rule.ts'
import { advice } from '../../rule-helpers/advice.ts'
import { diagnosis } from '../../rule-helpers/diagnosis.ts'
import { plain } from '../../rule-helpers/text.ts'

const rule: Rule = {
  id: 'qemu-crash',
  area: 'port',
  title: 'Go crashes under emulation (QEMU)',
  what: 'In an image for another processor the go command or compiler crashes: a signal that QEMU reports, or an inner error of the run-time.',
  why: 'docker build --platform runs every step for a foreign architecture in QEMU, whose user mode does not emulate threads, signals and memory of a Go program faithfully. It is slow as well.',
  fix: 'Build on the processor of the host and let Go cross compile: FROM --platform=$BUILDPLATFORM, with GOOS=$TARGETOS and GOARCH=$TARGETARCH.',
  classes: [],
  example: 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped',
  markers: ['qemu', 'lfstack.push invalid packing', 'rosetta error'],
  message: (message) => {
    if (message.printer === 'go') return undefined
    const block = plain(message)
    const signal =
      /qemu[\w-]{0,20}: (?:uncaught target signal \d{1,2} \(([^)\n]{1,40})\)|Unsupported syscall|unhandled)/.exec(block)
    const packing = block.includes('lfstack.push invalid packing')
    const rosetta = /rosetta error: (?!failed to open elf)/.test(block)
    if (signal === null && !packing && !rosetta) return undefined
    return diagnosis({
      confidence: packing || rosetta ? 'likely' : 'certain',
      message: `A program for another processor crashed in the emulator${signal?.[1] === undefined ? '' : ` (${signal[1]})`}: it is the emulation that fails, not the code.`,
      fix: advice(
        'Let the stage that builds run on the processor of the host, and cross compile in it; only the last stage is for the target.',
        [
          'FROM --platform=$BUILDPLATFORM golang AS build',
          'ARG TARGETOS TARGETARCH',
          'RUN GOOS=$TARGETOS GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /out/app .',
        ],
      ),
      key: 'qemu',
    })
  },
}

export default rule
