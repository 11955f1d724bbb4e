import { pcfErrors } from '../../../alm/pcf-errors.ts';

const folder = '/home/maker/controls/Bar';

test('compiler errors are told with file, line and column, without colours and the folder of the control', () => {
  const output = [
    '[6:37:31 PM] [rebuild] Compiling and bundling control...',
    `\u001b[1m[tsl] \u001b[1m\u001b[31mERROR\u001b[39m\u001b[22m\u001b[1m in ${folder}/Bar.tsx(115,7)`,
    `      TS2322: Type 'string' is not assignable to type 'number'.\u001b[39m`,
    '\u001b[31m[pcf-1033] [Error] An error occurred compiling or bundling the control.\u001b[0m',
  ].join('\n');
  expect(pcfErrors(output, folder)).toBe("  Bar.tsx:115:7: TS2322: Type 'string' is not assignable to type 'number'.");
});

test('a module that is not there is told', () => {
  const output = "ERROR in ./index.ts 1:0-20\nModule not found: Error: Can't resolve './gone' in 'x'";
  expect(pcfErrors(output, folder)).toBe("  Module not found: Error: Can't resolve './gone' in 'x'");
});

test('problems of the manifest are told in the words of the tool', () => {
  const output = '[rebuild] Failed:\n[pcf-1014] [Error] Manifest validation problem: of-type is wrong';
  expect(pcfErrors(output, folder)).toBe('  Manifest validation problem: of-type is wrong');
});

test('an output without a known error is told by its end', () => {
  expect(pcfErrors('one\ntwo\nSegmentation fault\n', folder)).toContain('Segmentation fault');
});

test('many errors are counted, not all told; the same one is told once', () => {
  const line = (n: number) => `[tsl] ERROR in ${folder}/a.ts(${n},1)\n   TS1: x`;
  const many = Array.from({ length: 20 }, (_, n) => line(n)).join('\n');
  const told = pcfErrors(`${many}\n${line(0)}`, folder).split('\n');
  expect(told).toHaveLength(13);
  expect(told.at(-1)).toBe('  … and 8 more');
});
