import { all, inContent, inManifest } from '../spoil.ts';
import type { Spoil } from '../spoil.ts';
import type { SamplesOfRules } from './sample.ts';

/** Replaces something in one column of the sound package; the first with this name. */
export const inColumn =
  (name: string, from: string | RegExp, to: string): Spoil =>
  (texts) => {
    const start = texts.customizations.indexOf(`<attribute PhysicalName="${name}">`);
    const end = texts.customizations.indexOf('</attribute>', start) + '</attribute>'.length;
    const column = texts.customizations.slice(start, end);
    const spoiled = column.replace(from, () => to);
    if (start < 0 || spoiled === column) throw new Error(`The column ${name} has no ${from}.`);
    texts.customizations = texts.customizations.slice(0, start) + spoiled + texts.customizations.slice(end);
  };
export const withoutColumn = (name: string) => inColumn(name, /^.*$/s, '');

const relationship = (name: string) => new RegExp(`<EntityRelationship Name="${name}">.*?</EntityRelationship>`, 's');
const withoutRelationship = (name: string) => inContent(relationship(name), '');
const inRelationship =
  (name: string, from: string, to: string): Spoil =>
  (texts) => {
    const found = relationship(name).exec(texts.customizations)![0];
    inContent(found, found.replace(from, to))(texts);
  };
const parental = (name: string): Spoil =>
  all(
    ...['Assign', 'Reparent', 'Share', 'Unshare'].map((what) =>
      inRelationship(name, `<Cascade${what}>NoCascade`, `<Cascade${what}>Cascade`),
    ),
    inRelationship(name, '<CascadeDelete>RemoveLink', '<CascadeDelete>Cascade'),
  );
const ownership = inContent('<OwnershipTypeMask>UserOwned', '<OwnershipTypeMask>OrgOwned');
const virtual = inContent(
  '<OwnershipTypeMask>',
  '<DataProviderId>{a17be158-e9dd-e611-80d3-00155da29216}</DataProviderId><OwnershipTypeMask>',
);

export const dataSamples: SamplesOfRules = {
  'language-base': {
    fails: [
      [inContent('<Language>1033', '<Language>1031'), /1033 is not listed/],
      [
        inContent('description="Kind" languagecode="1033"', 'description="Art" languagecode="1031"'),
        /<displaynames> has 1031/,
      ],
      [inContent('LCID="1033" Title="Boxes"', 'LCID="1031" Title="Kisten"'), /<Titles> has 1031/],
    ],
    passes: [
      inContent(
        '<label description="Apple"',
        '<label description="Apfel" languagecode="1031" /><label description="Apple"',
      ),
    ],
  },
  'table-labels': {
    fails: [
      [inContent(/<LocalizedCollectionNames>.*?<\/LocalizedCollectionNames>/, ''), /no LocalizedCollectionNames/],
      [
        inContent(/(?<=<entity Name="ora_FruitBox">)<LocalizedNames>.*?<\/LocalizedNames>/, '<LocalizedNames />'),
        /no LocalizedNames/,
      ],
    ],
  },
  'table-key': {
    fails: [
      [inColumn('ora_FruitBoxId', /ora_fruitboxid/g, 'ora_boxid'), /'ora_boxid', not 'ora_fruitboxid'/],
      [inColumn('ora_Note', '<Type>ntext', '<Type>primarykey'), /2 primary keys/],
    ],
  },
  'table-primary-name': {
    fails: [
      [inColumn('ora_Name', 'PrimaryName|', ''), /0 primary names/],
      [inColumn('ora_Note', '<DisplayMask>', '<DisplayMask>PrimaryName|'), /2 primary names/],
      [inColumn('ora_Name', '<Type>nvarchar', '<Type>int'), /no text, but int/],
    ],
  },
  'system-columns': {
    fails: [
      [withoutColumn('CreatedBy'), /no createdby/],
      [withoutColumn('OwningTeam'), /no owningteam/],
      [ownership, /no organizationid/],
      [ownership, /OrgOwned and has ownerid/],
    ],
    passes: [all(virtual, withoutColumn('CreatedBy'))],
  },
  'system-relationships': {
    fails: [[withoutRelationship('lk_ora_FruitBox_createdby'), /No relationship leads from it/]],
  },
  'parental-relationships': {
    fails: [
      [
        all(parental('ora_fruitbox_grower_account'), parental('ora_fruitbox_grower_contact')),
        /grower_account, ora_fruitbox_grower_contact/,
      ],
    ],
    passes: [parental('ora_fruitbox_grower_account')],
  },
  'upgrade-change': {
    fails: [
      [() => {}, /was of the type ntext, and is int/, inColumn('ora_Ripeness', '<Type>int', '<Type>ntext')],
      [() => {}, /was OrgOwned, and is UserOwned/, ownership],
      [
        () => {},
        /led to ora_parcel, and leads to ora_fruitbox/,
        inRelationship('ora_fruitbox_parcel', '<ReferencedEntityName>ora_FruitBox', '<ReferencedEntityName>ora_Parcel'),
      ],
    ],
  },
  'upgrade-removal': {
    fails: [
      [withoutColumn('ora_Note'), /in the last release/, () => {}],
      [inContent('>ora_Parcel</Name>', '>ora_Box</Name>'), /and not in 1\.0\.0\.0/, () => {}],
    ],
  },
  'column-label': {
    fails: [[inColumn('ora_Note', /<displaynames>.*<\/displaynames>/, '<displaynames />'), /no display name/]],
  },
  'text-length': {
    fails: [
      [inColumn('ora_Name', '<MaxLength>100</MaxLength>', ''), /MaxLength is ''/],
      [inColumn('ora_Name', '<MaxLength>100', '<MaxLength>5000'), /'5000'/],
      [inColumn('ora_Name', '<Length>200', '<Length>100'), /Length is 100, its MaxLength 100/],
      [inColumn('ora_Note', '2000', '2000000'), /'2000000'/],
    ],
    passes: [inColumn('ora_Note', '2000', '1048576'), inColumn('ora_Name', '<Length>200</Length>', '')],
  },
  'number-range': { fails: [[inColumn('ora_Ripeness', '<MaxValue>100', '<MaxValue>-1'), /from 0 to -1/]] },
  'choice-options': {
    fails: [
      [inColumn('ora_Kind', '472190001', '472190000'), /Two options have the value 472190000/],
      [inColumn('ora_Kind', /<options>.*<\/options>/, '<options />'), /no options/],
      [inContent(/(?<=<optionsets>.*)<options>.*?<\/options>/, ''), /no options/],
    ],
  },
  'choice-default': {
    fails: [
      [inColumn('ora_Kind', '<AppDefaultValue>472190000', '<AppDefaultValue>7'), /7 is no option/],
      [inColumn('ora_Size', '<AppDefaultValue>-1', '<AppDefaultValue>7'), /7 is no option/],
    ],
    passes: [inColumn('ora_Size', '<AppDefaultValue>-1', '<AppDefaultValue>472190001')],
  },
  'choice-missing': {
    fails: [[inColumn('ora_Size', '<OptionSetName>ora_size', '<OptionSetName>ora_width'), /no choice 'ora_width'/]],
    passes: [inColumn('ora_Size', '<OptionSetName>ora_size', '<OptionSetName>budgetstatus')],
  },
  'choice-name-twice': {
    fails: [[inColumn('ora_Kind', 'Name="ora_fruitbox_ora_kind"', 'Name="ora_size"'), /'ora_size' is there twice/]],
  },
  'money-columns': {
    fails: [
      [withoutColumn('ora_cost_Base'), /no ora_cost_base/],
      [withoutColumn('ExchangeRate'), /no exchangerate/],
      [withoutColumn('ora_Cost'), /base of 'ora_cost'/],
      [withoutRelationship('TransactionCurrency_ora_FruitBox'), /leads to TransactionCurrency/],
    ],
  },
  'column-order': {
    fails: [
      [
        inColumn(
          'ora_Note',
          /(<Type>ntext<\/Type>)(<Name>ora_note<\/Name>)/,
          '<Name>ora_note</Name><Type>ntext</Type>',
        ),
        /<Type> comes too late/,
      ],
    ],
  },
  'status-options': {
    fails: [
      [inContent('<status value="2" state="1">', '<status value="2" state="0">'), /state 1 has no status reason/],
      [inContent('defaultstatus="2"', 'defaultstatus="1"'), /default reason 1 of the state 1/],
    ],
  },
  'key-columns': {
    fails: [
      [inContent('<AttributeName>ora_name<', '<AttributeName>ora_code<'), /no column 'ora_code'/],
      [inContent('<AttributeName>ora_name<', '<AttributeName>ora_note<'), /of the type ntext/],
      [inContent(/<AttributeName>ora_name<\/AttributeName>/, ''), /0 columns/],
      [inColumn('ora_Name', '<IsSecured>0', '<IsSecured>1'), /'ora_name' is secured/],
    ],
  },
  'key-twice': {
    fails: [
      [
        inContent(
          /<EntityKey>.*?<\/EntityKey>/,
          '<EntityKey><LogicalName>ora_k</LogicalName></EntityKey><EntityKey><LogicalName>ora_k</LogicalName></EntityKey>',
        ),
        /two keys 'ora_k'/,
      ],
    ],
  },
  'lookup-relationship': { fails: [[withoutRelationship('ora_fruitbox_parcel'), /No relationship leads from it/]] },
  'customer-relationships': { fails: [[withoutRelationship('ora_fruitbox_grower_contact'), /to contact/]] },
  'relationship-end': {
    fails: [
      [
        inRelationship('ora_fruitbox_contact', '<FirstEntityName>ora_FruitBox', '<FirstEntityName>ora_Basket'),
        /no table 'ora_Basket'/,
      ],
      [
        inRelationship(
          'ora_fruitbox_parcel',
          '<ReferencingAttributeName>ora_BoxId',
          '<ReferencingAttributeName>ora_Basket',
        ),
        /no column 'ora_Basket'/,
      ],
    ],
    passes: [
      all(
        inRelationship('ora_fruitbox_contact', '<FirstEntityName>ora_FruitBox', '<FirstEntityName>ora_Basket'),
        inManifest(
          '<MissingDependencies />',
          '<MissingDependencies><MissingDependency><Required type="1" schemaName="ora_basket" solution="OrchardCore (1.0)" /></MissingDependency></MissingDependencies>',
        ),
      ),
    ],
  },
  'relationship-spelling': {
    fails: [
      [
        inRelationship(
          'ora_fruitbox_parcel',
          '<ReferencedEntityName>ora_FruitBox',
          '<ReferencedEntityName>ora_fruitbox',
        ),
        /'ora_fruitbox', not 'ora_FruitBox'/,
      ],
      [inRelationship('ora_fruitbox_parcel', '>ora_BoxId<', '>ora_boxid<'), /'ora_boxid', not 'ora_BoxId'/],
    ],
  },
  'relationship-twice': {
    fails: [[inContent('Name="ora_fruitbox_contact"', 'Name="ora_fruitbox_parcel"'), /there twice/]],
  },
  'relationship-roles': {
    fails: [
      [
        inContent(/(?<=Name="ora_fruitbox_parcel">.*)<EntityRelationshipRoles>.*?<\/EntityRelationshipRoles>/, ''),
        /ora_fruitbox_parcel has no roles/,
      ],
    ],
  },
  'cascade-required': {
    fails: [[inColumn('ora_BoxId', '<RequiredLevel>none', '<RequiredLevel>required'), /ora_BoxId is required/]],
  },
};
