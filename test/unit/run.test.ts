import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = join(__dirname, '../../run.cjs');
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'run-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function run(file: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, file, ...options], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { status, stdout, stderr };
}

test('every file finds what lies beside it, and the program knows its own options', () => {
  write('inner/part.ts', `export const place: string = __dirname, isProgram = require.main === module;`);
  const program = write(
    'program.ts',
    `import { isProgram, place } from './inner/part.ts';
    console.log(JSON.stringify({ place, isProgram, own: [__dirname, __filename, require.main === module], options: process.argv.slice(2) }));`,
  );
  const { stdout, stderr } = run('program.ts', '--port', '0');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    place: join(folder, 'inner'),
    isProgram: false,
    own: [folder, program, true],
    options: ['--port', '0'],
  });
});

test('an error names file and line as they were written, and ends the program with 1', () => {
  const part = write(
    'part.ts',
    `type Nothing = null;\n\nexport function fail(): Nothing {\n  throw new Error('No.');\n}\n`,
  );
  write('program.ts', `import { fail } from './part.ts';\nfail();\n`);
  const { status, stderr } = run('program.ts');
  expect(status).toBe(1);
  expect(stderr).toContain(`${part}:4:9`);
});

test('what cannot be read is told once, with its place', () => {
  write('program.ts', `const = 1;\n`);
  const { status, stderr } = run('program.ts');
  expect(status).toBe(1);
  expect(stderr.match(/program\.ts:1:6/g)).toHaveLength(1);
});

test('a function is made without its name being written to it', () => {
  write('program.ts', `const make = () => { const inner = () => 1; return inner; };\nconsole.log(make.toString());`);
  expect(run('program.ts').stdout).not.toContain('__name');
});
