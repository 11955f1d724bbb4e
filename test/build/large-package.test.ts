/** A package of 200 MB is unpacked and packed with less than 300 MB of memory. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from '../../packaging/index.ts';
import { aSolution } from '../support/solution-builder.ts';

jest.setTimeout(120_000);

const root = join(__dirname, '../..');
const megabyte = 1024 * 1024;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'large-'));
  const files = Array.from({ length: 50 }, (_, index) => [`bots/ora_bot${index}/data.bin`, randomBytes(4 * megabyte)]);
  writeFileSync(join(folder, 'large.zip'), await writeZip(aSolution([{ files: Object.fromEntries(files) }])));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The most memory a verb ever had, in bytes. The system's own figure would begin with that of the test runner. */
function memoryOf(...options: string[]): number {
  const peak = '/VmHWM:\\s*(\\d+)/.exec(require("node:fs").readFileSync("/proc/self/status","utf8"))[1]';
  const onExit = `import{createRequire}from"node:module";const require=createRequire("/");process.on("exit",()=>console.error(${peak}))`;
  const told = `data:text/javascript,${encodeURIComponent(onExit)}`;
  const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
  const call = ['--import', told, '--import', loader, join(root, 'alm/alm.ts'), ...options];
  const { status, stderr } = spawnSync(process.execPath, call, { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^\d+\n$/) as string });
  return Number(stderr) * 1024;
}

const onLinux = existsSync('/proc/self/status') ? test : test.skip;
if (onLinux === test.skip) console.warn('Peak memory can be read on Linux only: the test of it is skipped.');

onLinux('unpacked and packed again it is the same, in less memory than it is large and a half', () => {
  expect(memoryOf('unpack', 'large.zip', '--folder', 'src')).toBeLessThan(300 * megabyte);
  expect(memoryOf('pack', '--folder', 'src', '--zip', 'again.zip')).toBeLessThan(300 * megabyte);
  expect(memoryOf('check', 'large.zip')).toBeLessThan(300 * megabyte);
  expect(readFileSync(join(folder, 'again.zip')).length).toBeGreaterThan(200 * megabyte);
});
