import type { Message } from '../../domain/message.ts'
import type { MessageContext } from '../../domain/rule.ts'

/**
 * True for what an analyzer of vet reports, as against the type check before it. Since Go 1.26 `go vet` prints no heading
 * that would tell, so the command decides.
 */
export function isVetFinding(message: Message, context: MessageContext): boolean {
  if (message.printer === 'vet')
    return !/^(?:undeclared name|undefined|could not import)/.test(message.text) && !message.text.startsWith('vet: ')
  return message.printer === 'compile' && message.package === undefined && /\bgo vet\b/.test(context.command.command)
}
