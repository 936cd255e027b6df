/** The formats of lists, and those of one thing. */
export const listFormats = ['csv', 'json', 'table', 'value', 'yaml'] as const
export const oneFormats = ['json', 'shell', 'table', 'value', 'yaml'] as const

/** What can be put in quotes in comma-separated values. */
export const quoteModes = ['all', 'minimal', 'none', 'nonnumeric'] as const
export type QuoteMode = (typeof quoteModes)[number]
