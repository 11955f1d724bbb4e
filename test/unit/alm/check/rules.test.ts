import { catalogue, contentRules } from '../../../../alm/check/catalogue.ts';
import { readingRules } from '../../../../alm/check/reading-rules.ts';
import { appSamples } from './samples/app-samples.ts';
import { dataSamples } from './samples/data-samples.ts';
import { packageSamples } from './samples/package-samples.ts';
import type { SamplesOfRules } from './samples/sample.ts';
import { surfaceSamples } from './samples/surface-samples.ts';
import { found } from './spoil.ts';

const samples: SamplesOfRules = { ...packageSamples, ...dataSamples, ...surfaceSamples, ...appSamples };

test('nothing is found in a sound package', () => expect(found()).toEqual([]));

test('every rule on the content has samples, and every sample a rule', () => {
  expect(Object.keys(samples).sort()).toEqual(contentRules.map(({ id }) => id).sort());
});

test('rules have ids of their own, and say what fails and how to mend it', () => {
  const ids = catalogue.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, code, fails, mend } of catalogue) {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(code).toMatch(/^(0x[0-9A-F]{8})?$/);
    expect(Math.min(fails.length, mend.length)).toBeGreaterThan(10);
  }
  expect(readingRules.length).toBeGreaterThan(10);
});

describe.each(Object.entries(samples))('%s', (rule, { fails, passes = [] }) => {
  const numbered = fails.map(([spoil, says, previous], index) => ({ number: index + 1, spoil, says, previous }));
  test.each(numbered)('finds sample $number', ({ spoil, says, previous }) => {
    const messages = found(spoil, previous).filter((one) => one.rule === rule);
    expect(messages.map(({ message }) => message)).toContainEqual(expect.stringMatching(says));
  });
  for (const [index, spoil] of passes.entries())
    test(`has nothing against sample ${index + 1}`, () => {
      expect(found(spoil).filter((one) => one.rule === rule)).toEqual([]);
    });
});
