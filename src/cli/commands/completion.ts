import { oneOf } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Outline } from '../kit/outline.ts'

/** `hearth completion` */
export const completion = command({
  name: 'completion',
  summary: 'Print what makes a shell complete the words of hearth.',
  notes:
    'Commands, options, their values, files, and the names of stacks, which are asked of the service: it is given two seconds, and its answer counts for half a minute. In Bash it is best kept in ~/.local/share/bash-completion/completions/hearth, in Zsh as _hearth in a directory of fpath, in Fish in ~/.config/fish/completions/hearth.fish.',
  example:
    'hearth completion bash > ~/.local/share/bash-completion/completions/hearth\nhearth completion zsh > ~/.zfunc/_hearth\nhearth completion fish > ~/.config/fish/completions/hearth.fish',
  arguments: { shell: oneOf('the shell', ['bash', 'zsh', 'fish']) },
  async run({ args, context }) {
    return { shows: 'text', text: await completionFor(args.shell, context.outline()) }
  },
})

async function completionFor(shell: 'bash' | 'zsh' | 'fish', program: Outline): Promise<string> {
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash.ts')).bashCompletion(program)
    case 'zsh':
      return (await import('../completion/zsh.ts')).zshCompletion(program)
    case 'fish':
      return (await import('../completion/fish.ts')).fishCompletion(program)
  }
}
