/** @jest-environment jsdom */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textKeys as addressKeys } from '../../../controls/AddressEditor/texts.ts';
import { textKeys as reviewKeys } from '../../../controls/CreditReview/texts.ts';
import { textKeys as timelineKeys } from '../../../controls/EventTimeline/texts.ts';
import { textKeys as relatedKeys } from '../../../controls/RelatedVirtualGrid/texts.ts';
import { textKeys as gridKeys } from '../../../controls/VirtualTableGrid/texts.ts';
import { textKeys as syncKeys } from '../../../controls/SyncStatus/texts.ts';
import { stringsOf } from '../../support/component-framework.ts';

const controls = {
  AddressEditor: addressKeys,
  CreditReview: reviewKeys,
  EventTimeline: timelineKeys,
  RelatedVirtualGrid: relatedKeys,
  SyncStatus: syncKeys,
  VirtualTableGrid: gridKeys,
} as const;

describe.each(Object.entries(controls))('%s', (control, keys) => {
  const folder = join(__dirname, '../../../controls', control);
  const manifest = new DOMParser().parseFromString(
    readFileSync(join(folder, 'ControlManifest.Input.xml'), 'utf8'),
    'application/xml',
  );

  test.each([1033, 1031])('has every text of the view and the manifest in language %i', (languageId) => {
    const named = [...manifest.querySelectorAll('[display-name-key], [description-key]')].flatMap((element) =>
      ['display-name-key', 'description-key'].flatMap((name) => element.getAttribute(name) ?? []),
    );
    const strings = stringsOf(control, languageId);
    expect([...keys, ...named].filter((key) => !strings.get(key))).toEqual([]);
  });

  test('has no text nobody uses, and the same gaps to fill in every language', () => {
    const [english, german] = [stringsOf(control, 1033), stringsOf(control, 1031)];
    expect([...german.keys()]).toEqual([...english.keys()]);
    const gaps = (text = '') => [...text.matchAll(/\{\d\}/g)].map(([gap]) => gap).sort();
    for (const [key, text] of english) expect([key, gaps(german.get(key))]).toEqual([key, gaps(text)]);
    const unused = [...english.keys()].filter((key) => !key.endsWith('_Name') && !key.endsWith('_Description'));
    expect(unused.sort()).toEqual([...keys].sort());
  });

  test('names all its resource files in the manifest, and is a virtual control on the platform libraries', () => {
    const named = [...manifest.querySelectorAll('resx')].map((resx) => resx.getAttribute('path'));
    expect(named.sort()).toEqual(
      readdirSync(join(folder, 'strings'))
        .map((file) => `strings/${file}`)
        .sort(),
    );
    const element = manifest.querySelector('control')!;
    expect([
      element.getAttribute('namespace'),
      element.getAttribute('constructor'),
      element.getAttribute('control-type'),
    ]).toEqual(['FnO', control, 'virtual']);
    expect(
      [...manifest.querySelectorAll('platform-library')].map((one) => [
        one.getAttribute('name'),
        one.getAttribute('version'),
      ]),
    ).toEqual([
      ['React', '16.14.0'],
      ['Fluent', '8.121.1'],
    ]);
  });
});
