import { soundIds } from '../../../../support/a-sound-solution.ts';
import { all, inContent, inFile, inManifest, withFile } from '../spoil.ts';
import { inColumn } from './data-samples.ts';
import type { SamplesOfRules } from './sample.ts';

const ship = 'Workflows/ship';
const bundle = 'Controls/ora_Orchard.RipenessBar/bundle.js';
const manifest = 'ControlManifest.xml';
const variable = 'environmentvariabledefinition.xml';
const typed = (type: number, value: string) =>
  all(inFile(variable, '100000000', String(type)), inFile(variable, 'https://cold.example', value));
const privilege = (name: string, level = 'Global') =>
  inContent(
    '<RolePrivilege name="prvReadAccount"',
    `<RolePrivilege name="${name}" level="${level}" /><RolePrivilege name="prvReadAccount"`,
  );
const orgOwned = inContent('<OwnershipTypeMask>UserOwned', '<OwnershipTypeMask>OrgOwned');
const foreignRole = inContent(
  '<Role id="{627090ff-40a3-4053-8790-584edc5be201}" />',
  '<Role Id="{11111111-0000-4000-8000-000000000009}" />',
);

export const appSamples: SamplesOfRules = {
  'app-site-map': {
    fails: [
      [inContent('<AppModuleComponent type="62" schemaName="ora_PackHouse" />', ''), /no site map/],
      [
        inContent(
          '<AppModuleComponent type="62" schemaName="ora_PackHouse" />',
          '<AppModuleComponent type="62" schemaName="ora_Barn" />',
        ),
        /no site map 'ora_Barn'/,
      ],
    ],
  },
  'app-component': {
    fails: [
      [
        inContent(
          '<AppModuleComponent type="1" schemaName="ora_parcel" />',
          '<AppModuleComponent type="1" schemaName="ora_basket" />',
        ),
        /no table 'ora_basket'/,
      ],
      [
        inContent(
          '<AppModuleComponents>',
          '<AppModuleComponents><AppModuleComponent type="61" schemaName="ora_/x.js" />',
        ),
        /no web resource 'ora_\/x.js'/,
      ],
    ],
  },
  'app-table': {
    fails: [[inContent('<AppModuleComponent type="1" schemaName="ora_parcel" />', ''), /leads to 'ora_parcel'/]],
  },
  'app-role': {
    fails: [[foreignRole, /The role 11111111-0000-4000-8000-000000000009/]],
    passes: [
      all(
        foreignRole,
        inManifest(
          '<MissingDependencies />',
          '<MissingDependencies><MissingDependency><Required type="20" id="{11111111-0000-4000-8000-000000000009}" solution="Core (1.0)" /></MissingDependency></MissingDependencies>',
        ),
      ),
    ],
  },
  'site-map-ids': {
    fails: [[inContent('Id="ora_sub_parcels"', 'Id="ora_sub_boxes"'), /<SubArea> have the id 'ora_sub_boxes'/]],
    passes: [inContent('</Area>', '</Area><Area Id="ora_second"><Group Id="ora_group" /></Area>')],
  },
  'site-map-target': {
    fails: [
      [inContent('Entity="ora_parcel"', 'Entity="ora_basket"'), /no table 'ora_basket'/],
      [inContent('Entity="ora_parcel"', ''), /leads nowhere/],
      [
        inContent('Url="/main.aspx?pagetype=webresource"', 'Url="/WebResources/ora_/help.html"'),
        /no web resource 'ora_\/help.html'/,
      ],
    ],
    passes: [inContent('Entity="ora_parcel"', 'Page="ora_page_1"')],
  },
  'role-privilege': {
    fails: [
      [privilege('prvReadora_Basket'), /no table for 'prvReadora_Basket'/],
      [privilege('ReadAccount'), /no privilege/],
      [all(orgOwned, privilege('prvAssignora_FruitBox')), /no owner/],
    ],
    passes: [privilege('prvAppendToora_FruitBox'), privilege('prvWorkflowExecution')],
  },
  'role-level': {
    fails: [
      [privilege('prvReadContact', 'Own'), /'Own' is no level/],
      [orgOwned, /has the level Local/],
    ],
  },
  'role-privilege-twice': { fails: [[privilege('prvReadAccount'), /'prvReadAccount' twice/]] },
  'secured-column': {
    fails: [
      [inColumn('ora_Grower', '<IsSecured>1', '<IsSecured>0'), /ora_fruitbox.ora_grower is not secured/],
      [inContent('<AttributeName>ora_grower', '<AttributeName>ora_farmer'), /no column 'ora_farmer'/],
      [inContent('<EntityName>ora_fruitbox<', '<EntityName>ora_basket<'), /no table 'ora_basket'/],
    ],
    passes: [
      all(
        inContent('<EntityName>ora_fruitbox<', '<EntityName>contact<'),
        inContent('<AttributeName>ora_grower', '<AttributeName>emailaddress1'),
      ),
    ],
  },
  'flow-id': {
    fails: [
      [
        inContent(
          `<Workflow WorkflowId="{${soundIds.ship}}"`,
          '<Workflow WorkflowId="{bbbbbbbb-0000-4000-8000-000000000009}"',
        ),
        /its file is of bbbbbbbb-0000-4000-8000-000000000001/,
      ],
    ],
  },
  'flow-connection': {
    fails: [
      [
        inFile(ship, '"connectionName": "shared_commondataserviceforapps"', '"connectionName": "shared_sql"'),
        /no connection 'shared_sql'/,
      ],
    ],
    passes: [
      inFile(
        ship,
        '"connectionName": "shared_commondataserviceforapps"',
        "\"connectionName\": \"@parameters('$connections')['shared_sql']['connectionId']\"",
      ),
    ],
  },
  'flow-connection-reference': {
    fails: [[inFile(ship, '"ora_dataverse"', '"ora_other"'), /no connection reference 'ora_other'/]],
    passes: [
      all(
        inFile(ship, '"ora_dataverse"', '"ora_other"'),
        inManifest(
          '<MissingDependencies />',
          '<MissingDependencies><MissingDependency><Required type="connectionreference" displayName="x" id.connectionreferencelogicalname="ora_other" schemaName="ora_other" solution="Core (1.0)" /></MissingDependency></MissingDependencies>',
        ),
      ),
    ],
  },
  'flow-connection-id': {
    fails: [
      [
        inFile(ship, '"connectionReferenceLogicalName": "ora_dataverse"', '"name": "shared-commondataser-1234"'),
        /connection shared-commondataser-1234 itself/,
      ],
    ],
  },
  'flow-child': {
    fails: [[inFile(ship, soundIds.weigh, 'bbbbbbbb-0000-4000-8000-000000000009'), /calls the flow bbbbbbbb/]],
  },
  'flow-variable': {
    fails: [
      [
        inFile(ship, '"schemaName": "ora_ColdStoreUrl"', '"schemaName": "ora_HotStoreUrl"'),
        /no environment variable 'ora_HotStoreUrl'/,
      ],
    ],
  },
  'flow-table': {
    fails: [[inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "ora_baskets"'), /no table 'ora_baskets'/]],
    passes: [
      inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "accounts"'),
      inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "@variables(\'x\')"'),
    ],
  },
  'flow-environment-url': {
    fails: [
      [
        inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "https://contoso.crm4.dynamics.com/api"'),
        /contoso\.crm4\.dynamics\.com/,
      ],
      [
        inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "https://contoso.operations.dynamics.com"'),
        /operations\.dynamics\.com/,
      ],
    ],
    passes: [inFile(ship, '"entityName": "ora_fruitboxs"', '"entityName": "https://dynamics.microsoft.com"')],
  },
  'flow-state': {
    fails: [[inContent('<StateCode>0', '<StateCode>1'), /on in a first release/]],
    passes: [all(inContent('<StateCode>0', '<StateCode>1'), inManifest('<Version>1.0.0.0', '<Version>1.2.0.0'))],
  },
  'connection-reference': {
    fails: [
      [inContent(/<connectorid>.*?<\/connectorid>/, ''), /no connector/],
      [
        inContent(
          '<connectionreferences>',
          '<connectionreferences><connectionreference connectionreferencelogicalname="ORA_dataverse"><connectorid>x</connectorid></connectionreference>',
        ),
        /there twice/,
      ],
    ],
  },
  'variable-type': {
    fails: [
      [typed(1, ''), /type is '1'/],
      [typed(100000001, 'ten'), /'ten' does not fit/],
      [typed(100000002, 'maybe'), /'maybe'/],
      [typed(100000003, '{'), /'\{'/],
    ],
    passes: [typed(100000001, '-1.5'), typed(100000002, 'no'), typed(100000003, '[]'), typed(100000004, 'x')],
  },
  'variable-value': {
    fails: [
      [
        withFile('environmentvariabledefinitions/ora_ColdStoreUrl/environmentvariablevalues.json', '{}'),
        /value is in the package/,
      ],
    ],
  },
  'variable-secret': {
    fails: [[typed(100000005, 'hunter2'), /secret in clear/]],
    passes: [
      typed(100000005, '/subscriptions/1/resourceGroups/x/providers/Microsoft.KeyVault/vaults/v/secrets/s'),
      typed(100000005, ''),
    ],
  },
  'control-file': {
    fails: [
      [inFile(manifest, 'path="bundle.js"', 'path="index.js"'), /no Controls\/ora_Orchard.RipenessBar\/index.js/],
      [inContent('RipenessBar/ControlManifest.xml', 'RipenessBar/Manifest.xml'), /no Controls.*Manifest.xml/],
      [withFile('Controls/ora_Orchard.RipenessBar/ControlManifest.xml', '<manifest />'), /no <control>/],
    ],
    passes: [inFile(manifest, 'path="bundle.js"', 'path="./Bundle.js"')],
  },
  'control-name': {
    fails: [
      [inFile(manifest, 'constructor="RipenessBar"', 'constructor="Bar"'), /of Orchard.Bar/],
      [
        all(
          inContent('<Name>ora_Orchard.RipenessBar', '<Name>ora_Grove.RipenessBar'),
          inFile(manifest, 'namespace="Orchard"', 'namespace="Grove"'),
        ),
        /folder is Controls\/ora_Orchard.RipenessBar/,
      ],
    ],
  },
  'control-version': { fails: [[inFile(manifest, 'version="1.0.0"', 'version="1.0"'), /'1\.0'/]] },
  'control-version-raised': {
    fails: [
      [() => {}, /files have changed, its version is still 1\.0\.0/, withFile(bundle, 'old')],
      [withFile('Controls/ora_Orchard.RipenessBar/new.css', ''), /files have changed/, () => {}],
    ],
  },
  'control-size': { fails: [[withFile(bundle, 'x'.repeat(5 * 1024 * 1024 + 1)), /5242881 bytes/]] },
  'control-development': {
    fails: [
      [
        withFile(
          bundle,
          '/*\n * ATTENTION: The "eval" devtool has been used (maybe by default in mode: "development").\n */',
        ),
        /built for development/,
      ],
      [withFile(bundle, 'eval("x//# sourceURL=webpack://pcf/index.ts");'), /built for development/],
      [withFile(bundle, 'eval("x\\n//# sourceURL=[module]");'), /built for development/],
    ],
    passes: [withFile(bundle, 'function f(){return eval("1")}')],
  },
};
