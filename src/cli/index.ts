export type {
  Finding,
  LogLevel,
  Management,
  ManageOptions,
  OfflineTypes,
  PolicyBook,
  PolicyVisitor,
  ProcessOptions,
  ProgramParts,
  UpOptions,
} from './parts.ts'
export { buildProgram, runProgram } from './program.ts'
export type { Outlet, Paint, Style, Terminal } from './terminal.ts'
