/** `npm run check`: what a commit must pass; quick, no build, no browser. */
import { steps } from './support/steps.ts';

process.exitCode = steps([
  { name: 'types', command: ['npx', 'tsc', '--noEmit', '-p', '.'] },
  { name: 'lint', command: ['npx', 'eslint', '.', '--max-warnings', '0'] },
  { name: 'format', command: ['npx', 'prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'tests', command: ['npx', 'jest', '--maxWorkers', '2', 'test/unit', 'test/architecture'] },
]);
