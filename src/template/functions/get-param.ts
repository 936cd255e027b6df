import { noted, select } from '../evaluate.ts'
import { Refusal, templateFunction } from '../function.ts'

/** The value of a parameter, or a part of it. A path that leads nowhere gives an empty text. */
export const getParam = templateFunction('get_param', {
  summary: 'Gives the value of a parameter, or a part of it.',
  example: 'get_param: [settings, network, name]',
  evaluate(args, run, call) {
    const path: readonly unknown[] = Array.isArray(args) ? args : typeof args === 'string' ? [args] : []
    if (!args || path.length === 0) {
      const form =
        args && !Array.isArray(args)
          ? 'Argument to "get_param" must be string or list'
          : 'Function "get_param" must have arguments'
      throw new Refusal(form)
    }
    const [name, ...rest] = path
    if (typeof name !== 'string') throw new Refusal('Parameter name in "get_param" must be string')
    const value = run.scope.parameter(name, call)
    return noted(rest.length === 0 ? value : (select(value, rest, 'indexesAsText') ?? ''), run)
  },
})
