import { soundIds } from '../../../../support/a-sound-solution.ts';
import { all, inContent, inFile, inManifest, withFile, withoutFile } from '../spoil.ts';
import type { SamplesOfRules } from './sample.ts';

const variable = 'environmentvariabledefinition.xml';
const requires = (name: string, solution: string) =>
  inManifest(
    '<MissingDependencies />',
    `<MissingDependencies><MissingDependency><Required type="61" schemaName="${name}" displayName="${name}" solution="${solution}" /><Dependent type="80" schemaName="ora_PackHouse" displayName="x" /></MissingDependency></MissingDependencies>`,
  );

export const packageSamples: SamplesOfRules = {
  'file-missing': {
    fails: [
      [withoutFile('WebResources/'), /no WebResources\//],
      [withoutFile('Workflows/'), /no Workflows\/ship/],
    ],
  },
  'file-orphan': {
    fails: [[withFile('WebResources/extra', ''), /No component names this file/]],
    passes: [withFile('Controls/ora_Orchard.RipenessBar/strings/x.resx', ''), withFile('bots/ora_bot/data', '')],
  },
  'file-shared': {
    fails: [
      [
        all(inContent(`<FileName>/WebResources/${soundIds.icon}`, `<FileName>/WebResources/${soundIds.script}`)),
        /Two components/,
      ],
    ],
  },
  'own-file-prolog': {
    fails: [
      [inFile(variable, '<env', '<?xml version="1.0"?><env'), /declaration/],
      [inFile(variable, '<env', '\uFEFF<env'), /byte-order mark/],
      [inFile(variable, '<type>', '<!-- kind --><type>'), /comment/],
    ],
    passes: [withFile('maskingrules/x/maskingrule.xml', '<?xml version="1.0"?><maskingrule />')],
  },
  'xml-malformed': {
    fails: [
      [inFile(variable, '</type>', ''), /well-formed/],
      [inFile('ControlManifest.xml', '</manifest>', ''), /well-formed/],
      [withFile('appactions/ora__x/appaction.xml', Buffer.from([0xff, 0xfe, 0x3c, 0x00])), /not UTF-8/],
    ],
  },
  'flow-json': {
    fails: [
      [inFile('Workflows/ship', '{', '\uFEFF{'), /byte-order mark/],
      [inFile('Workflows/ship', '{', ''), /not JSON/],
      [inFile('Workflows/ship', '"definition"', '"meaning"'), /no properties\/definition/],
    ],
  },
  'managed-difference': {
    fails: [
      [inContent('<tab name="tab"', '<tab name="tab" solutionaction="Modified"'), /solutionaction/],
      [inContent('<Area Id="ora_area"', '<Area Id="ora_area" ordinalvalue="1"'), /ordinalvalue/],
    ],
    passes: [
      all(inContent('<tab name="tab"', '<tab name="tab" ordinalvalue="1"'), inManifest('<Managed>0', '<Managed>1')),
    ],
  },
  'solution-name': { fails: [[inManifest('<UniqueName>Orchard<', '<UniqueName>Orchard Core<'), /'Orchard Core'/]] },
  'solution-version': {
    fails: [
      [inManifest('1.0.0.0', '1'), /'1'/],
      [inManifest('1.0.0.0', '1.0.0-beta'), /beta/],
    ],
    passes: [inManifest('1.0.0.0', '2.0')],
  },
  'solution-managed': { fails: [[inManifest('<Managed>0', '<Managed>2'), /'2'/]] },
  'solution-publisher': {
    fails: [
      [inManifest('<UniqueName>orchard<', '<UniqueName><'), /no publisher/],
      [
        inManifest('1.0.0.0', '1.1.0.0'),
        /in the last release it was 'grove'/,
        inManifest('<UniqueName>orchard<', '<UniqueName>grove<'),
      ],
    ],
  },
  'version-not-raised': {
    fails: [
      [() => {}, /1\.0\.0\.0, the last release was 1\.0\.0\.0/, () => {}],
      [() => {}, /last release was 1\.0\.1/, inManifest('1.0.0.0', '1.0.1')],
    ],
  },
  'introduced-version': {
    fails: [
      [
        inContent(/(?<=ora_ripeness<\/LogicalName>.*?)<IntroducedVersion>1/s, '<IntroducedVersion>2'),
        /with 2\.0\.0\.0/,
      ],
    ],
    passes: [inContent(/<IntroducedVersion>1\.0\.0\.0/, '<IntroducedVersion>1.0')],
  },
  'publisher-prefix': {
    fails: ['o', '1ra', 'mscrm', 'toolongprefix'].map((prefix) => [
      inManifest('>ora<', `>${prefix}<`),
      new RegExp(`'${prefix}'`),
    ]),
  },
  'choice-value-prefix': {
    fails: [
      [inManifest('47219', '999'), /'999'/],
      [inManifest('47219', '100000'), /'100000'/],
    ],
  },
  'root-component-missing': {
    fails: [
      [
        inContent('<Name>ora_Orchard.RipenessBar<', '<Name>ora_Orchard.Bar<'),
        /lists 'ora_Orchard.RipenessBar' of type 66/,
      ],
    ],
  },
  'root-component-unlisted': {
    fails: [[inManifest(/<RootComponent type="80".*?\/>/, ''), /does not list 'ora_PackHouse' of type 80/]],
  },
  'root-component-twice': {
    fails: [[inManifest('schemaName="ora_parcel"', 'schemaName="ora_fruitbox"'), /'ora_fruitbox' of type 1 twice/]],
  },
  'root-component-key': {
    fails: [
      [inManifest('schemaName="ora_fruitbox"', 'schemaName="ora_FruitBox"'), /not in lower case/],
      [
        inManifest(/id="\{(aaaaaaaa-0000-4000-8000-000000000001)\}"/, 'id="aaaaaaaa-0000-4000-8000-000000000001"'),
        /braced id/,
      ],
      [inManifest('type="61" schemaName', 'type="61" name'), /needs schemaName/],
      [inManifest('type="9"', 'type="nine"'), /no number/],
    ],
    passes: [inManifest('<RootComponents>', '<RootComponents><RootComponent type="62" behavior="0" />')],
  },
  'root-component-type': {
    fails: ['371', '10062'].map((type) => [
      inManifest('<RootComponents>', `<RootComponents><RootComponent type="${type}" schemaName="ora_dataverse" />`),
      /never listed/,
    ]),
  },
  'root-component-variable': {
    fails: [
      [
        inManifest('<RootComponents>', '<RootComponents><RootComponent type="380" schemaName="ora_ColdStoreUrl" />'),
        /is listed/,
      ],
    ],
  },
  'name-prefix': {
    fails: [
      [
        inContent('<Name>ora_/scripts/fruitbox.js<', '<Name>scripts/fruitbox.js<'),
        /'scripts\/fruitbox.js' has no prefix/,
      ],
      [inFile(variable, 'schemaname="ora_ColdStoreUrl"', 'schemaname="ColdStoreUrl"'), /'ColdStoreUrl' has no prefix/],
      [inContent('<LogicalName>ora_boxkey', '<LogicalName>boxkey'), /'boxkey'/],
    ],
  },
  'foreign-prefix': {
    fails: [
      [
        inContent('connectionreferencelogicalname="ora_dataverse"', 'connectionreferencelogicalname="abc_dataverse"'),
        /'abc_dataverse' does not begin with ora_/,
      ],
    ],
  },
  'name-length': {
    fails: [[inContent('Name="ora_fruitbox_parcel"', `Name="ora_${'x'.repeat(97)}"`), /101 characters/]],
  },
  'id-form': {
    fails: [
      [inContent('WebResourceId>{5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e15}', 'WebResourceId>{1}'), /'1' is no GUID/],
      [inContent('<formid>{cccccccc-0000-4000-8000-000000000002}', '<formid>'), /'' is no GUID/],
    ],
    passes: [inContent('{cccccccc-0000-4000-8000-000000000002}', 'CCCCCCCC-0000-4000-8000-000000000002')],
  },
  'id-twice': {
    fails: [
      [
        inContent('cccccccc-0000-4000-8000-000000000002', 'cccccccc-0000-4000-8000-000000000003'),
        /of quick form 'quick' of ora_fruitbox/,
      ],
    ],
  },
  'web-resource-name': {
    fails: ['ora_/a b.js', 'ora_//x.js', 'ora_/x.aspx'].map((name) => [
      inContent('<Name>ora_/icons/ship.svg', `<Name>${name}`),
      /no name for a web resource/,
    ]),
  },
  'web-resource-twice': {
    fails: [[inContent('<Name>ora_/icons/ship.svg', '<Name>ora_/scripts/fruitbox.js'), /there twice/]],
  },
  'web-resource-type': { fails: [[inContent('<WebResourceType>11', '<WebResourceType>13'), /'13'/]] },
  'web-resource-dependency': {
    fails: [
      [
        inContent(
          '<WebResourceType>3',
          '<DependencyXml>&lt;Dependencies&gt;&lt;Dependency&gt;&lt;Library name="ora_/x.js"/&gt;&lt;/Dependency&gt;&lt;/Dependencies&gt;</DependencyXml><WebResourceType>3',
        ),
        /needs 'ora_\/x.js'/,
      ],
      [
        inContent('<WebResourceType>3', '<DependencyXml>&lt;Dependencies</DependencyXml><WebResourceType>3'),
        /well-formed/,
      ],
    ],
    passes: [
      all(
        inContent(
          '<WebResourceType>3',
          '<DependencyXml>&lt;Dependencies&gt;&lt;Library name="ora_/x.js"/&gt;&lt;/Dependencies&gt;</DependencyXml><WebResourceType>3',
        ),
        requires('ora_/x.js', 'OrchardCore (1.0)'),
      ),
    ],
  },
};
