export { definitions } from './definition/definitions.ts'
export { createEngine, type Engine } from './engine.ts'
export { type Access, defaultOptions, type EngineOptions, type EngineParts, type Hints } from './parts.ts'
