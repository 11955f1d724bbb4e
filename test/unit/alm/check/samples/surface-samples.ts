import { soundIds } from '../../../../support/a-sound-solution.ts';
import { all, inContent, inFile, inManifest } from '../spoil.ts';
import type { SamplesOfRules } from './sample.ts';

const command = 'appaction.xml';
const view = /(?<=<Name [^>]*>ora_Parcel<.*?)<savedquery>.*?<\/savedquery>/s;
const viewOfKind = (kind: number) =>
  new RegExp(`<savedquery>(?:(?!</savedquery>).)*<querytype>${kind}</querytype>.*?</savedquery>`, 's');
const requires = (name: string) =>
  inManifest(
    '<MissingDependencies />',
    `<MissingDependencies><MissingDependency><Required type="61" schemaName="${name}" solution="Core (1.0)" /></MissingDependency></MissingDependencies>`,
  );

export const surfaceSamples: SamplesOfRules = {
  'view-table': {
    fails: [[inContent('<entity name="ora_parcel">', '<entity name="ora_fruitbox">'), /queries 'ora_fruitbox'/]],
  },
  'view-column': {
    fails: [
      [inContent('<condition attribute="statecode"', '<condition attribute="ora_state"'), /no column 'ora_state'/],
      [inContent('<order attribute="ora_name"', '<order attribute="ora_rank"'), /no column 'ora_rank'/],
      [inContent('<attribute name="ora_name" />', '<attribute name="ora_rank" />'), /no column 'ora_rank'/],
      [
        inContent(
          '<order attribute',
          '<link-entity name="ora_parcel" from="ora_boxid" to="ora_fruitboxid" alias="p"><attribute name="ora_weight" /></link-entity><order attribute',
        ),
        /ora_parcel has no column 'ora_weight'/,
      ],
    ],
    passes: [
      inContent('<condition attribute="statecode"', '<condition entityname="p" attribute="ora_state"'),
      inContent(
        '<attribute name="ora_name" />',
        '<attribute name="ora_name" /><attribute name="versionnumber" /><attribute name="owneridname" />',
      ),
      inContent(
        '<order attribute',
        '<link-entity name="systemuser" from="systemuserid" to="createdby" alias="u"><attribute name="anything" /></link-entity><order attribute',
      ),
    ],
  },
  'view-layout': {
    fails: [
      [inContent('<cell name="ora_name"', '<cell name="ora_note"'), /'ora_note' is not in the query/],
      [inContent('<cell name="ora_name"', '<cell name="u.fullname"'), /'u.fullname'/],
    ],
    passes: [
      all(
        inContent('<cell name="ora_name"', '<cell name="u.fullname"'),
        inContent(
          '<order attribute',
          '<link-entity name="systemuser" from="systemuserid" to="createdby" alias="u"><attribute name="fullname" /></link-entity><order attribute',
        ),
      ),
    ],
  },
  'view-key': {
    fails: [[inContent('id="ora_fruitboxid">', 'id="ora_name">'), /by 'ora_name', not by 'ora_fruitboxid'/]],
  },
  'view-lookup': { fails: [[inContent(viewOfKind(64), ''), /no lookup view/]] },
  'view-set': { fails: [[inContent(viewOfKind(4), ''), /no quick find view/]], passes: [inContent(view, '')] },
  'form-ids': {
    fails: [
      [
        inContent(
          '<cell id="{aaaa0000-0000-4000-8000-000000000004}"',
          '<cell id="{AAAA0000-0000-4000-8000-000000000003}"',
        ),
        /Two parts/,
      ],
    ],
  },
  'form-column': {
    fails: [
      [inContent('datafieldname="ora_name"', 'datafieldname="ora_title"'), /no column 'ora_title'/],
      [inContent('attribute="ora_ripeness"', 'attribute="ora_colour"'), /no column 'ora_colour'/],
    ],
  },
  'form-class': {
    fails: [
      [
        inContent(
          'id="ora_name" classid="{4273EDBD-AC1D-40D3-9FB2-095C621B552D}"',
          'id="ora_name" classid="{533b9e00-756b-4312-95a0-dc888637ac78}"',
        ),
        /for money, the column is nvarchar/,
      ],
    ],
    passes: [
      inContent(
        'id="ora_name" classid="{4273EDBD-AC1D-40D3-9FB2-095C621B552D}"',
        'id="ora_name" classid="{00000000-0000-0000-0000-000000000001}"',
      ),
    ],
  },
  'form-control-missing': {
    fails: [
      [
        inContent('formFactor="2" name="ora_Orchard.RipenessBar"', 'formFactor="2" name="ora_Orchard.Bar"'),
        /no control 'ora_Orchard.Bar'/,
      ],
    ],
    passes: [
      inContent(
        'formFactor="2" name="ora_Orchard.RipenessBar"',
        'formFactor="2" name="MscrmControls.Grid.PCFGridControl"',
      ),
    ],
  },
  'form-control-description': {
    fails: [
      [
        inContent(
          'forControl="{aaaa0000-0000-4000-8000-00000000000a}"',
          'forControl="{aaaa0000-0000-4000-8000-00000000000f}"',
        ),
        /No field has the uniqueid/,
      ],
      [
        inContent(
          '<controlDescriptions>',
          '<controlDescriptions><controlDescription forControl="{aaaa0000-0000-4000-8000-00000000000a}" />',
        ),
        /Two descriptions/,
      ],
    ],
    passes: [
      inContent(
        'forControl="{aaaa0000-0000-4000-8000-00000000000a}"',
        'forControl="{AAAA0000-0000-4000-8000-00000000000A}"',
      ),
    ],
  },
  'form-control-class': {
    fails: [
      [
        inContent(
          'classid="{F9A8A302-114E-466A-B582-6771B2AE0D92}"',
          'classid="{C6D124CA-7EDA-4A60-AEA9-7FB8D318B68F}"',
        ),
        /has the class/,
      ],
    ],
  },
  'form-control-parameter': {
    fails: [
      [inContent('<value>ora_ripeness</value>', ''), /required property 'value'/],
      [inContent('<value>ora_ripeness</value>', '<value static="true">red</value>'), /'red' is no Whole.None/],
      [inFile('ControlManifest', '<resources>', '<data-set name="boxes" /><resources>'), /data set 'boxes'/],
      [
        all(inFile('ControlManifest', 'of-type="SingleLine.Text" usage="input"', 'of-type="TwoOptions" usage="input"')),
        /'Ripe at 80' is no TwoOptions/,
      ],
    ],
    passes: [inContent(/<caption .*?<\/caption>/, '')],
  },
  'form-control-factors': {
    fails: [[inContent(/<customControl formFactor="1".*?<\/customControl>/, ''), /form factor 1/]],
  },
  'subgrid-target': {
    fails: [
      [inContent('<TargetEntityType>ora_parcel', '<TargetEntityType>ora_basket'), /no table 'ora_basket'/],
      [inContent(/(?<=<ViewId>\{)0/, '9'), /has no view 9/],
      [
        inContent('<RelationshipName>ora_fruitbox_parcel', '<RelationshipName>ora_box_parcel'),
        /no relationship 'ora_box_parcel'/,
      ],
      [
        inContent('<RelationshipName>ora_fruitbox_parcel', '<RelationshipName>ora_fruitbox_grower_account'),
        /does not lead from ora_parcel/,
      ],
    ],
    passes: [
      inContent('<RelationshipName>ora_fruitbox_parcel', '<RelationshipName>'),
      all(
        inContent('<TargetEntityType>ora_parcel', '<TargetEntityType>contact'),
        inContent('<RelationshipName>ora_fruitbox_parcel', '<RelationshipName>ora_fruitbox_contact'),
      ),
    ],
  },
  'form-library': {
    fails: [
      [
        inContent('<Library name="ora_/scripts/fruitbox.js"', '<Library name="ora_/scripts/box.js"'),
        /'ora_\/scripts\/box.js' is not/,
      ],
    ],
    passes: [
      all(
        inContent('<Library name="ora_/scripts/fruitbox.js"', '<Library name="ora_/scripts/box.js"'),
        requires('ora_/scripts/box.js'),
      ),
    ],
  },
  'form-library-type': {
    fails: [
      [inContent('<Library name="ora_/scripts/fruitbox.js"', '<Library name="ora_/icons/ship.svg"'), /of type 11/],
    ],
  },
  'form-handler-library': {
    fails: [[inContent(/<formLibraries>.*?<\/formLibraries>/, ''), /which the form does not load/]],
  },
  'form-handler-function': {
    fails: [
      [
        inContent('functionName="Orchard.FruitBox.onLoad"', 'functionName="Orchard.FruitBox.onOpen"'),
        /no function 'Orchard.FruitBox.onOpen'/,
      ],
    ],
  },
  'form-handler-id': {
    fails: [
      [
        inContent(
          'handlerUniqueId="{aaaa0000-0000-4000-8000-00000000000c}"',
          'handlerUniqueId="{aaaa0000-0000-4000-8000-00000000000b}"',
        ),
        /Two handlers/,
      ],
    ],
  },
  'quick-form-events': {
    fails: [
      [inContent(/(?<=type="quick">.*?)<form>/, '<form><events />'), /has <events>/],
      [inContent(/(?<=type="quick">.*?)<form>/, '<form><formLibraries />'), /has <formLibraries>/],
      [inContent(/(?<=type="card">.*?)<form>/, '<form><events />'), /has <events>/],
    ],
  },
  'ribbon-id-twice': {
    fails: [
      [
        inContent(
          '<CommandDefinitions><CommandDefinition',
          '<CommandDefinitions><CommandDefinition Id="ora.fruitbox.ship.command" /><CommandDefinition',
        ),
        /Two CommandDefinition/,
      ],
      [
        inContent('<LocLabels><LocLabel', '<LocLabels><LocLabel Id="ora.fruitbox.ship.label" /><LocLabel'),
        /Two LocLabel/,
      ],
    ],
  },
  'ribbon-id-length': {
    fails: [
      [inContent('<LocLabels><LocLabel', `<LocLabels><LocLabel Id="${'x'.repeat(129)}" /><LocLabel`), /129 characters/],
    ],
  },
  'ribbon-reference': {
    fails: [
      [
        inContent('Command="ora.fruitbox.ship.command"', 'Command="ora.fruitbox.send.command"'),
        /no command 'ora.fruitbox.send.command'/,
      ],
      [
        inContent('<EnableRule Id="ora.fruitbox.ship.saved" />', '<EnableRule Id="ora.fruitbox.ship.new" />'),
        /no enable rule/,
      ],
      [
        inContent('<DisplayRule Id="ora.fruitbox.ship.canwrite" />', '<DisplayRule Id="ora.fruitbox.ship.canread" />'),
        /no display rule/,
      ],
      [
        inContent('LabelText="$LocLabels:ora.fruitbox.ship.label"', 'LabelText="$LocLabels:ora.fruitbox.label"'),
        /no label 'ora.fruitbox.label'/,
      ],
    ],
    passes: [
      inContent('<EnableRule Id="ora.fruitbox.ship.saved" />', '<EnableRule Id="Mscrm.FormStateNotNew" />'),
      inContent('LabelText="$LocLabels:ora.fruitbox.ship.label"', 'LabelText="Ship"'),
    ],
  },
  'command-app': {
    fails: [[inFile(command, '<uniquename>ora_PackHouse', '<uniquename>ora_Barn'), /no app 'ora_Barn'/]],
  },
  'command-table': {
    fails: [
      [inFile(command, '<logicalname>ora_fruitbox', '<logicalname>ora_basket'), /no table 'ora_basket'/],
      [inFile(command, /<contextentity>.*<\/contextentity>/, ''), /names none/],
    ],
    passes: [inFile(command, /<context>1.*<\/contextvalue>/, '<context>0</context>')],
  },
  'command-function': {
    fails: [
      [inFile(command, 'Orchard.FruitBox.ship', 'Orchard.FruitBox.send'), /no function 'Orchard.FruitBox.send'/],
      [inFile(command, 'Orchard.FruitBox.ship', ''), /names no function/],
    ],
  },
  'command-web-resource': {
    fails: [
      [inFile(command, soundIds.script, '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7eff'), /No web resource/],
      [inFile(command, soundIds.script, ''), /names no web resource/],
    ],
    passes: [inFile(command, soundIds.script, `{${soundIds.script.toUpperCase()}}`)],
  },
  'command-parameters': {
    fails: [
      [inFile(command, '[{"type":5}]', '{"type":5}'), /parameters are/],
      [inFile(command, '[{"type":5}]', '[5]'), /parameters are/],
      [inFile(command, '[{"type":5}]', '[{'), /parameters are/],
    ],
  },
  'web-resource-missing': {
    fails: [
      [
        inContent('ModernImage="$webresource:ora_/icons/ship.svg"', 'ModernImage="$webresource:ora_/icons/boat.svg"'),
        /boat\.svg is not in the package/,
      ],
    ],
    passes: [
      all(
        inContent('ModernImage="$webresource:ora_/icons/ship.svg"', 'ModernImage="$webresource:ora_/icons/boat.svg"'),
        requires('ora_/icons/boat.svg'),
      ),
    ],
  },
  'dependency-active': {
    fails: [
      [
        inManifest(
          '<MissingDependencies />',
          '<MissingDependencies><MissingDependency><Required type="2" schemaName="ora_x" displayName="X" solution="Active" /></MissingDependency></MissingDependencies>',
        ),
        /'X' comes from the active layer/,
      ],
    ],
  },
  'attribute-map': {
    fails: [
      [
        inContent(
          '<EntityMaps />',
          '<EntityMaps><EntityMap><EntitySource>ora_basket</EntitySource><EntityTarget>ora_parcel</EntityTarget></EntityMap></EntityMaps>',
        ),
        /no table 'ora_basket'/,
      ],
      [
        inContent(
          '<EntityMaps />',
          '<EntityMaps><EntityMap><EntitySource>ora_fruitbox</EntitySource><EntityTarget>ora_parcel</EntityTarget><AttributeMaps><AttributeMap><AttributeSource>ora_name</AttributeSource><AttributeTarget>ora_title</AttributeTarget></AttributeMap></AttributeMaps></EntityMap></EntityMaps>',
        ),
        /no column 'ora_title'/,
      ],
    ],
  },
};
