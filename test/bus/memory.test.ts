import { describeBus } from './suite.ts'

describeBus('within one process', () => 'memory://')
