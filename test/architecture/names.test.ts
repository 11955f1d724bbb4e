import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const emulator = join(__dirname, '../../emulator');

test('the emulator knows the platform and never the product: no name of the product in it but in what starts it', () => {
  const files = readdirSync(emulator, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(100);
  const named = files.filter((file) => /fno_|fnoconnect/i.test(readFileSync(file, 'utf8')));
  expect(named.map((file) => file.slice(emulator.length + 1))).toEqual(['start.ts']);
});
