import { Refusal, templateFunction } from '../function.ts'
import { isNothing } from '../nothing.ts'
import { select } from '../select.ts'
import { noted } from '../spend.ts'

/** The value of a parameter, or a part of it. A path that leads nowhere gives an empty text. */
export const getParam = templateFunction('get_param', {
  summary: 'Gives the value of a parameter, or a part of it.',
  usage: 'get_param: NAME\nget_param: [NAME, KEY, …]',
  arguments: [
    {
      name: 'NAME',
      kind: 'text',
      meaning:
        'A parameter that the template declares, or `OS::stack_name`, `OS::stack_id` or `OS::project_id`.',
    },
    {
      name: 'KEY',
      kind: 'text or number',
      meaning:
        'A key of a map or an index of a list, counted from zero; one after another they lead into the value.',
      optional: true,
    },
  ],
  examples: [
    { call: 'get_param: flavor', where: { parameters: { flavor: 'm1.small' } }, gives: 'm1.small' },
    {
      shows: 'A path leads into a list or json',
      call: 'get_param: [settings, networks, 0, name]',
      where: { parameters: { settings: { networks: [{ name: 'blue' }, { name: 'green' }] } } },
      gives: 'blue',
    },
    {
      shows: 'A path to nothing gives an empty text',
      call: 'get_param: [settings, disk]',
      where: { parameters: { settings: { memory: 512 } } },
      gives: '""',
    },
    { shows: 'The stack itself', call: 'get_param: "OS::stack_name"', gives: 'web' },
    {
      shows: 'The parameter must be declared',
      call: 'get_param: flavour',
      where: { parameters: { flavor: 'm1.small' } },
      refuses: 'The Parameter (flavour) was not provided.',
    },
  ],
  notes: [
    'The value has the kind that the parameter is declared with: a `number` is a number, a `boolean` a truth value, a `comma_delimited_list` a list of texts, and `json` whatever was given.',
    'An index may be written as a text, `"0"`; a negative one counts from the end.',
    'A path that leads nowhere gives an empty text, never null and never an error, not even when the value is not one that a path leads into.',
  ],
  names: 'parameter',
  evaluate(args, run, call) {
    const path: readonly unknown[] = Array.isArray(args) ? args : typeof args === 'string' ? [args] : []
    if (isNothing(args)) throw new Refusal('Function "get_param" must have arguments')
    if (path.length === 0) throw new Refusal('Argument to "get_param" must be string or list')
    const [name, ...rest] = path
    if (typeof name !== 'string') throw new Refusal('Parameter name in "get_param" must be string')
    const value = run.scope.parameter(name, call)
    const part = select(value, rest, 'indexesAsText')
    return noted(part === undefined ? '' : part, run)
  },
})
