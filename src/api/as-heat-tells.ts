/** What Heat says a message is about: an error, the part of the template that it is in, or both. */
const opening =
  /^((?:(?:Property|Output validation|Parameter Groups|Conditions? validation) error|\w+(?=: resources[.[]))(?:: ))?((?:resources|outputs|conditions|parameter_groups)(?:[.[<].*?)?: )?/i

/**
 * A validation failure in the words in which Heat answers a request for a stack: on its way from Heat's engine to Heat's API
 * the colons after what it is about are doubled, and existing clients look for that.
 */
export const asHeatTells = (message: string): string =>
  message.replace(opening, (_all, error = '', path = '') => doubled(error) + doubled(path))

const doubled = (part: string): string => (part === '' ? '' : `${part}: `)
