/** A type as pictures name it: of a template only the name of its file. */
export const shortType = (type: string): string => (type.includes('://') ? type.replace(/^.*\//, '') : type)
