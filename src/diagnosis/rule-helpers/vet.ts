import type { Message } from '../../domain/message.ts'
import type { MessageContext } from '../../domain/rule.ts'

// Beginnings that only analyzers use, for `go test` of Go 1.21 and older, which prints no heading of vet's own.
const analyzers =
  /^(?:(?:fmt|log|testing|\(\*?[\w./]+\))\.\w+ (?:format|call|arg list)|[\w./]+ composite literal uses unkeyed fields|unreachable code$|struct field tag |possible misuse of |result of [\w./]+ call not used|loop variable \w+ captured|unusedresult|self-assignment of )/

/**
 * True for what an analyzer of vet reports, as against the type check before it. Since Go 1.26 `go vet` prints no heading
 * that would tell, so the command decides.
 */
export function isVetFinding(message: Message, context: MessageContext): boolean {
  if (message.printer === 'vet')
    return !/^(?:undeclared name|undefined|could not import)/.test(message.text) && !message.text.startsWith('vet: ')
  // The type check of test files names vet only as the command that would show the same.
  if (message.printer !== 'compile' || context.command.probe === 'ports') return false
  return /\bgo vet\b/.test(context.command.command) || analyzers.test(message.text)
}
