/** `npm test`: everything. Builds first, because scenarios and browser tests run on the zip the build makes. */
import { steps, type Step } from './support/steps.ts';
import { findChromium } from './support/browser.ts';

const all: readonly Step[] = [
  { name: 'types', command: ['npx', 'tsc', '--noEmit', '-p', '.'] },
  { name: 'lint', command: ['npx', 'eslint', '.', '--max-warnings', '0'] },
  { name: 'build', command: ['node', 'run.cjs', 'alm/build.ts'] },
  { name: 'solution', command: ['node', 'run.cjs', 'alm/alm.ts', 'check'] },
  { name: 'tests', command: ['npx', 'jest', '--maxWorkers', '2', ...process.argv.slice(2)] },
];

findChromium().then(
  (chromium) => {
    console.log(`browser tests use ${chromium}`);
    process.env['CHROMIUM_PATH'] = chromium;
    process.exitCode = steps(all);
  },
  (error: Error) => {
    console.error(
      `No Chromium for the browser tests: ${error.message}\nInstall one (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
    process.exitCode = 1;
  },
);
