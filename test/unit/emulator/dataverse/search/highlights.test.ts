import { merged } from '../../../../../emulator/dataverse/search/highlights.ts';

const marked = (text: string) => text.replaceAll('[', '\u0001').replaceAll(']', '\u0002');

test.each([
  [['[Contoso] House'], '{crmhit}Contoso{/crmhit} House'],
  [['[Contoso] House', 'Contoso [House]'], '{crmhit}Contoso{/crmhit} {crmhit}House{/crmhit}'],
  [['[Contoso House]', 'Contoso [House]'], '{crmhit}Contoso House{/crmhit}'],
  [['a [𝒳𝒴] b', '[a] 𝒳𝒴 b'], '{crmhit}a{/crmhit} {crmhit}𝒳𝒴{/crmhit} b'],
])('%j', (texts, expected) => {
  expect(merged(texts.map(marked))).toBe(expected);
});
