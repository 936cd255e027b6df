/** A moment as Nova's and Cinder's databases write it: `2026-01-31T09:30:00.000000`. */
export const isoMicros = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000000`
