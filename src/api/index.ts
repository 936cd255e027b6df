export { createApi } from './create-api.ts'
export type { ApiOptions, ApiParts, Identity, Policy } from './surroundings.ts'
export { fetchTemplate } from './template-url.ts'
